//! Spreadsheets: what they would do with a cell that we write.

/// Whether a spreadsheet would run the cell instead of showing it. A negative number counts, too.
pub fn runs_as_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
