# Extra reference cases of tables, by R 4.2.2 (stats, survey 4.1-1); prints a JSON list. Rscript generate.R > extra.json
suppressMessages(library(survey))
num <- function(x) sprintf("%.17g", x)
vec <- function(x) paste0("[", paste(num(x), collapse = ", "), "]")
obj <- function(l) paste0("{", paste(sprintf('"%s": %s', names(l), unlist(l)), collapse = ", "), "}")
cases <- character(0)
case <- function(id, data, inputs, value, peer, options = "", tol = NULL) {
  compare <- if (is.null(tol)) '"compare": "exact"' else sprintf('"compare": "tolerance", "tol": %s', num(tol))
  cases <<- c(cases, sprintf('{"id": "%s", "data": %s, "inputs": %s, "value": %s, "peer": "%s", "options": "%s", %s}',
    id, if (is.null(data)) "null" else paste0('"', data, '"'), inputs, value, peer, options, compare))
}
survey <- "R 4.2.2 survey 4.1.1 : "
quarter <- function(d) paste0(substr(d, 1, 4), "Q", (as.integer(substr(d, 6, 7)) + 2) %/% 3)

for (file in c("bank_a.csv", "hotel_a.csv")) {
  d <- read.csv(file, na.strings = "")
  d$t2b <- ifelse(is.na(d$csat_overall), NA, as.numeric(d$csat_overall >= 4))
  d$np <- ifelse(is.na(d$nps), NA, ifelse(d$nps >= 9, 1, ifelse(d$nps >= 7, 0, -1)))
  d$quarter <- quarter(d$date)
  designs <- list(
    w = svydesign(ids = ~1, weights = ~weight, data = d),
    ws = svydesign(ids = ~1, strata = ~region, weights = ~weight, data = d),
    wc = svydesign(ids = ~cluster, weights = ~weight, data = d))
  for (name in names(designs)) for (var in c("t2b", "csat_overall")) {
    if (name == "w" && var == "t2b") next
    design <- subset(designs[[name]], !is.na(csat_overall))
    inputs <- sprintf('{"rows": "%s", "cols": "segment", "design": "%s"}', var, name)
    formula <- as.formula(paste0("~", var, "+segment"))
    f <- svychisq(formula, design, statistic = "F")
    if (name != "w") {
      case(sprintf("svychisq.%s.F.%s", var, name), file, inputs,
        obj(list(statistic = num(f$statistic), p = num(f$p.value), ndf = num(f$parameter[1]), ddf = num(f$parameter[2]))),
        paste0(survey, "svychisq"), "statistic=F")
      x <- svychisq(formula, design, statistic = "Chisq")
      case(sprintf("svychisq.%s.Chisq.%s", var, name), file, inputs,
        obj(list(statistic = num(x$statistic), p = num(x$p.value), df = num(x$parameter))),
        paste0(survey, "svychisq"), "statistic=Chisq")
    }
    for (statistic in c("Wald", "adjWald")) {
      x <- try(svychisq(formula, design, statistic = statistic), silent = TRUE)
      if (inherits(x, "try-error") || is.na(x$p.value) || (name == "w" && statistic == "Wald")) next
      case(sprintf("svychisq.%s.%s.%s", var, statistic, name), file, inputs,
        obj(list(statistic = num(x$statistic), p = num(x$p.value), ndf = num(x$parameter[1]), ddf = num(x$parameter[2]))),
        paste0(survey, "svychisq"), paste0("statistic=", statistic), if (name == "wc") 1e-6 else NULL)
    }
  }
  # Columns that share respondents: a record for every column a respondent is in, clusters are respondents.
  both <- list(two_columns = list(d$region == d$region[1], d$segment == d$segment[1]),
               part_of_total = list(d$segment == d$segment[1], rep(TRUE, nrow(d))))
  for (name in names(both)) for (var in c("t2b", "csat_overall", "np")) for (weighted in c(TRUE, FALSE)) {
    parts <- both[[name]]
    stacked <- rbind(cbind(d[parts[[1]], ], id = which(parts[[1]]), column = "a"),
                     cbind(d[parts[[2]], ], id = which(parts[[2]]), column = "b"))
    if (!weighted) stacked$weight <- 1
    stacked <- stacked[!is.na(stacked[[var]]), ]
    n <- length(unique(stacked$id))
    design <- svydesign(ids = ~id, weights = ~weight, data = stacked)
    by <- svyby(as.formula(paste0("~", var)), ~column, design, svymean, covmat = TRUE)
    v <- vcov(by)
    contrast <- svycontrast(by, list(diff = c(a = 1, b = -1)))
    z <- coef(contrast) / SE(contrast)
    inputs <- sprintf('{"var": "%s", "first": %s, "second": %s, "weighted": %s}', var,
      if (name == "two_columns") sprintf('["region", "%s"]', d$region[1]) else sprintf('["segment", "%s"]', d$segment[1]),
      if (name == "two_columns") sprintf('["segment", "%s"]', d$segment[1]) else "null", tolower(weighted))
    case(sprintf("overlap.%s.%s.%s", if (weighted) "w" else "n", name, var), file, inputs,
      obj(list(difference = num(coef(contrast)), se = num(SE(contrast)), covariance = num(v[1, 2]),
        z = num(z), p = num(2 * pnorm(-abs(z))))),
      paste0(survey, "svyby(covmat=TRUE), svycontrast"),
      "a record for every column a respondent is in, clusters are respondents; design n: those in either column")
  }
  k <- tapply(d$t2b, d$segment, sum, na.rm = TRUE); n <- tapply(!is.na(d$t2b), d$segment, sum)
  for (i in seq_along(k)) {
    test <- prop.test(c(k[i], sum(k) - k[i]), c(n[i], sum(n) - n[i]), correct = FALSE)
    z <- sign(k[i] / n[i] - sum(k) / sum(n)) * sqrt(test$statistic)
    case(paste0("part_of_total.", names(k)[i]), NULL,
      sprintf('{"k": %s, "n": %s}', vec(c(k[i], sum(k))), vec(c(n[i], sum(n)))),
      obj(list(z = num(z), p = num(test$p.value))), "R 4.2.2 stats : prop.test(correct=FALSE)", "the part against the rest")
  }
}
# Unpooled z is Wald's test of the difference: a regression on the identity link.
for (kn in list(c(45, 100, 56, 100), c(3, 40, 30, 260), c(19, 20, 11, 15))) {
  p <- kn[c(1, 3)] / kn[c(2, 4)]
  z <- (p[1] - p[2]) / sqrt(sum(p * (1 - p) / kn[c(2, 4)]))
  m <- summary(glm(cbind(c(kn[1], kn[3]), c(kn[2] - kn[1], kn[4] - kn[3])) ~ c(1, 0), family = binomial("identity"),
    start = c(p[2], p[1] - p[2])))$coefficients
  stopifnot(abs(m[2, 3] - z) < 1e-6)
  case(sprintf("unpooled.%d/%d-%d/%d", kn[1], kn[2], kn[3], kn[4]), NULL,
    sprintf('{"k": %s, "n": %s}', vec(kn[c(1, 3)]), vec(kn[c(2, 4)])),
    obj(list(z = num(z), p = num(2 * pnorm(-abs(z))), cohens_h = num(2 * asin(sqrt(p[1])) - 2 * asin(sqrt(p[2]))))),
    "R 4.2.2 stats : glm(binomial(identity)) confirms z; closed form for h")
}
# Large and lopsided tables.
for (t in list(c(251000, 250000, 249000, 250000), c(3, 999997, 12, 999988), c(40, 0, 1200, 380), c(17, 5, 2, 88))) {
  test <- fisher.test(matrix(t, 2))
  case(sprintf("fisher.[[%d,%d],[%d,%d]]", t[1], t[3], t[2], t[4]), NULL,
    sprintf('{"table": [[%d, %d], [%d, %d]]}', t[1], t[3], t[2], t[4]), obj(list(fisher_p = num(test$p.value))),
    "R 4.2.2 stats : fisher.test", "", 1e-9)
}
# Bias-corrected V by Bergsma's formula, from R's chi-square.
for (t in list(matrix(c(2, 5, 21, 32, 8, 4, 12, 44, 62, 22, 3, 24, 98, 160, 82, 3, 20, 71, 90, 30), 5), matrix(c(3, 1, 1, 3), 2),
               matrix(c(10, 4, 2, 1, 9, 6, 2, 3, 12), 3))) {
  n <- sum(t); r <- nrow(t); c <- ncol(t)
  phi2 <- suppressWarnings(chisq.test(t, correct = FALSE))$statistic / n
  phi2 <- max(0, phi2 - (r - 1) * (c - 1) / (n - 1))
  v <- sqrt(phi2 / (min(r - (r - 1)^2 / (n - 1), c - (c - 1)^2 / (n - 1)) - 1))
  rows <- paste0("[", paste(apply(t, 1, function(x) paste0("[", paste(x, collapse = ", "), "]")), collapse = ", "), "]")
  case(sprintf("bergsma.%dx%d", r, c), NULL, sprintf('{"table": %s}', rows), obj(list(cramers_v_corrected = num(v))),
    "R 4.2.2 stats : chisq.test, Bergsma's formula")
}
cat("[\n", paste(cases, collapse = ",\n"), "\n]\n", sep = "")
