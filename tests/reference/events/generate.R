# Rates, funnel limits and charts of counts by R, one case a line, printed with 17 digits.
number <- function(x) if (is.na(x) || is.infinite(x)) "null" else sprintf("%.17g", x)
list_of <- function(x) paste0("[", paste(sapply(x, number), collapse = ", "), "]")
case <- function(id, inputs, value, peer, options) {
  cat(sprintf(',\n{"id": "%s", "data": null, "inputs": {%s}, "value": {%s}, "peer": "%s", "options": "%s", "compare": "exact"}',
              id, inputs, value, peer, options))
}
for (z in list(c(137, 24.19865, 36, 16.5), c(11, 800, 21, 3011), c(3, 1, 3, 1), c(12000, 1e6, 11500, 1010000),
               c(1, 30, 20, 40), c(0, 10, 5, 12), c(5, 10, 0, 12), c(7, 2.5, 19, 4))) {
  test <- poisson.test(z[c(1, 3)], z[c(2, 4)])
  case(sprintf("rate_ratio.%d of %g over %d of %g", z[1], z[2], z[3], z[4]),
       sprintf('"events": [%d, %d], "exposure": [%.17g, %.17g]', z[1], z[3], z[2], z[4]),
       sprintf('"ratio": %s, "lower": %s, "upper": %s, "p": %s', number(test$estimate), number(test$conf.int[1]),
               number(test$conf.int[2]), number(test$p.value)),
       "R 4.2.2 stats : poisson.test", "null = infinite")
}
for (z in list(list(c(18, 25, 40, 9), c(1200, 1500, 1800, 950)), list(c(3, 3, 3), c(1, 1, 1)), list(c(0, 7), c(2, 9)))) {
  test <- suppressWarnings(chisq.test(z[[1]], p = z[[2]] / sum(z[[2]])))
  case(sprintf("rate_homogeneity.%d groups, %d events", length(z[[1]]), sum(z[[1]])),
       sprintf('"events": %s, "exposure": %s', list_of(z[[1]]), list_of(z[[2]])),
       sprintf('"chisq": %s, "df": %s, "p": %s', number(test$statistic), number(test$parameter), number(test$p.value)),
       "R 4.2.2 stats : chisq.test", "expected by exposure")
}
lower <- function(p, n, tail) {
  r <- qbinom(tail, n, p)
  max(0, r - (pbinom(r, n, p) - tail) / dbinom(r, n, p))
}
for (z in list(c(.3, 50, .95), c(.3, 50, .998), c(.62, 137, .95), c(.62, 137, .998), c(.02, 2500, .998), c(.1, 1e5, .95))) {
  tail <- (1 - z[3]) / 2
  case(sprintf("funnel.%g of %d at %g", z[1], z[2], z[3]), sprintf('"p": %g, "n": %d, "confidence": %g', z[1], z[2], z[3]),
       sprintf('"lower": %s, "upper": %s', number(lower(z[1], z[2], tail) / z[2]),
               number((z[2] - lower(1 - z[1], z[2], tail)) / z[2])),
       "R 4.2.2 stats : qbinom, pbinom, dbinom", "formula of Spiegelhalter 2005; the upper limit is that of the rest")
}
for (z in list(list(c(14, 10, 12, 31, 9, 22, 17), c(110, 80, 95, 90, 130, 120, 100)),
               list(c(120, 135, 160, 99, 142), c(1.5, 1.6, 1.4, 1.55, 1.7)))) {
  events <- z[[1]]; exposure <- z[[2]]
  centre <- sum(events) / sum(exposure)
  sigma <- sqrt(centre / exposure)
  score <- (events / exposure - centre) / sigma
  sigma_z <- mean(abs(diff(score))) / 1.128
  inputs <- sprintf('"events": %s, "exposure": %s', list_of(events), list_of(exposure))
  case(sprintf("spc.u_chart.%d", sum(events)), inputs,
       sprintf('"center": %s, "lcl": %s, "ucl": %s, "chi_square": %s, "p": %s', number(centre),
               list_of(pmax(0, centre - 3 * sigma)), list_of(centre + 3 * sigma), number(sum(score^2)),
               number(pchisq(sum(score^2), length(events) - 1, lower.tail = FALSE))),
       "R 4.2.2 stats", "formula; 3 sigma; cut at 0")
  case(sprintf("spc.laney_u.%d", sum(events)), inputs,
       sprintf('"center": %s, "sigma_z": %s, "lcl": %s, "ucl": %s', number(centre), number(sigma_z),
               list_of(pmax(0, centre - 3 * sigma * sigma_z)), list_of(centre + 3 * sigma * sigma_z)),
       "R 4.2.2 stats", "formula of Laney 2002, d2 = 1.128; cut at 0")
}
# Complaints over the share of those with a problem who complained: delta method on the logarithm.
for (z in list(c(240, 60, 200), c(31, 27, 122))) {
  p <- z[2] / z[3]
  both <- c(count = z[1], share = p)
  attr(both, "var") <- diag(c(z[1], p * (1 - p) / z[3]))
  dimnames(attr(both, "var")) <- list(names(both), names(both))
  attr(both, "statistic") <- "mean"
  class(both) <- "svystat"
  found <- survey::svycontrast(both, quote(log(count / share)))
  limits <- exp(confint(found))
  case(sprintf("ratio.counts over shares.%d over %d of %d", z[1], z[2], z[3]),
       sprintf('"k": [%d, %d], "n": [null, %d]', z[1], z[2], z[3]),
       sprintf('"ratio": %s, "lower": %s, "upper": %s', number(exp(coef(found))), number(limits[1]), number(limits[2])),
       "survey 4.1-1 : svycontrast", "log(count/share), variances k and p(1-p)/n")
}
