# Miettinen and Nurminen's interval from its definition, by R 4.2.2; prints a JSON list. Rscript score.R
# The constrained shares maximise the binomial likelihood numerically, no closed form is used.
cases <- character(0)
part <- function(p, a) if (p > 0) p / a else 0
for (x in list(c(40, 68, 84, 144), c(41, 49, 36, 49), c(56, 70, 48, 80), c(45, 100, 56, 100), c(0, 50, 5, 50), c(10, 20, 10, 20))) {
  p <- c(x[1] / x[2], x[3] / x[4]); n <- c(x[2], x[4])
  z <- function(delta) {
    slope <- function(a) n[1] * (part(p[1], a + delta) - part(1 - p[1], 1 - a - delta)) +
      n[2] * (part(p[2], a) - part(1 - p[2], 1 - a))
    low <- max(0, -delta); high <- min(1, 1 - delta); e <- 1e-12 * (high - low)
    a <- if (slope(low + e) <= 0) low else if (slope(high - e) >= 0) high else uniroot(slope, c(low + e, high - e), tol = 1e-16)$root
    v <- (a + delta) * (1 - a - delta) / n[1] + a * (1 - a) / n[2]
    (p[1] - p[2] - delta) / sqrt(v * sum(n) / (sum(n) - 1))
  }
  d <- p[1] - p[2]; critical <- qnorm(0.975)
  low <- uniroot(function(delta) z(delta) - critical, c(-0.9999, d - 1e-9), tol = 1e-15)$root
  high <- uniroot(function(delta) z(delta) + critical, c(d + 1e-9, 0.9999), tol = 1e-15)$root
  cases <- c(cases, sprintf('{"id": "score_difference.%g/%g-%g/%g", "data": null, "inputs": {"k": [%g, %g], "n": [%g, %g]}, "value": {"score": [%.17g, %.17g]}, "peer": "R 4.2.2 stats : uniroot", "options": "", "compare": "tolerance", "tol": 1e-9}',
    x[1], x[2], x[3], x[4], x[1], x[3], x[2], x[4], low, high))
}
cat("[\n", paste(cases, collapse = ",\n"), "\n]\n", sep = "")
