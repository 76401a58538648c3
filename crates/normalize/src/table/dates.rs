//! The date columns of a table: in which order their cells give day and month, and why a cell
//! gives no day.

use std::cell::OnceCell;

use super::row::Row;
use super::rows::Rows;
use crate::date::Order;

/// A column of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// `date`
    Date,
    /// `published`
    Published,
}

impl Column {
    fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Published => "published",
        }
    }

    fn cell(self, row: &Row) -> Option<&str> {
        match self {
            Self::Date => row.date.as_deref(),
            Self::Published => row.published.as_deref(),
        }
    }
}

/// The orders of a table's date columns, found once, and only where a cell cannot be read without.
pub struct Orders<'a> {
    rows: &'a Rows,
    shown: OnceCell<(Order, Order)>,
}

impl<'a> Orders<'a> {
    /// Those of the table that has these rows.
    pub fn of(rows: &'a Rows) -> Self {
        Self { rows, shown: OnceCell::new() }
    }

    /// The order that a row's cell is read by.
    pub fn order(&self, column: Column, row: &Row) -> Order {
        let plain = |cell| Order::Unknown.read(cell).is_some();
        if column.cell(row).is_none_or(plain) {
            return Order::Unknown;
        }
        let shown = || (self.shown_in(Column::Date), self.shown_in(Column::Published));
        let (date, published) = *self.shown.get_or_init(shown);
        if column == Column::Date { date } else { published }
    }

    /// The order that the cells of a whole column show; unknown where they show both.
    fn shown_in(&self, column: Column) -> Order {
        let mut shown = Order::Unknown;
        for row in self.rows.iter().flatten() {
            match column.cell(&row).map_or(Order::Unknown, Order::shown_by) {
                Order::Unknown => {}
                order if shown == Order::Unknown => shown = order,
                order if order != shown => return Order::Unknown,
                _ => {}
            }
        }
        shown
    }
}

/// Why a row's cell gives no day, where there is a cell and it gives none.
pub fn unread(column: Column, row: &Row, order: Order) -> Option<String> {
    let cell = column.cell(row).filter(|cell| order.read(cell).is_none())?;
    let name = column.name();
    Some(match order.in_two_ways(cell) {
        Some((a, b, _)) => format!(
            "column {name}: `{cell}` is {a} or {b}, and no other cell of the column tells which"
        ),
        None => format!("column {name}: `{cell}` is no day that can be read"),
    })
}
