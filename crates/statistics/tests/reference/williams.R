# Makes williams.json: G with Williams' divisor as DescTools (CRAN) gives it.
#
#     Rscript williams.R > williams.json              where DescTools is installed
#     Rscript williams.R Tests.r > williams.json      with its file R/Tests.r alone
#
# Tables without an empty cell only: where one is empty DescTools corrects all the same, quanteda
# and we do not.

source_of_it <- commandArgs(TRUE)
if (length(source_of_it) == 0) GTest <- DescTools::GTest else source(source_of_it[1])

tables <- list(c(30, 1000, 10, 2000), c(5, 60, 9, 55), c(1, 12, 7, 9), c(120, 4000, 240, 7000), c(3, 50, 3, 50),
               c(2, 5, 1, 6), c(17, 40, 9, 1300))
rows <- sapply(tables, function(t) {
  cells <- matrix(c(t[1], t[2] - t[1], t[3], t[4] - t[3]), nrow = 2)
  g <- GTest(cells, correct = "williams")$statistic
  sign <- if (t[1] / t[2] >= t[3] / t[4]) 1 else -1
  sprintf('  {"first": [%d, %d], "second": [%d, %d], "g2_williams": %.15g}', t[1], t[2], t[3], t[4], sign * g)
})
cat("[\n", paste(rows, collapse = ",\n"), "\n]\n", sep = "")
