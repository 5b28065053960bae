# Extra reference cases of several groups, by R 4.2.2 (stats, survey 4.1-1); prints a JSON list. Rscript generate.R
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
  d$quarter <- quarter(d$date)
  for (by in c("segment", "quarter")) {
    x <- d[!is.na(d$csat_overall), ]
    g <- factor(x[[by]])
    inputs <- sprintf('{"var": "csat_overall", "by": "%s"}', by)
    # Levene around the mean, and the effect sizes, from tables of variance.
    means <- tapply(x$csat_overall, g, mean)
    levene <- anova(lm(abs(x$csat_overall - means[g]) ~ g))
    a <- anova(lm(x$csat_overall ~ g))
    ss <- a[["Sum Sq"]]; df <- a$Df; ms <- a[["Mean Sq"]][2]
    case(paste0("means_more.", by), file, inputs, obj(list(levene_mean_F = num(levene[1, 4]), levene_mean_p = num(levene[1, 5]),
      omega2 = num((ss[1] - df[1] * ms) / (sum(ss) + ms)), epsilon2_anova = num((ss[1] - df[1] * ms) / sum(ss)))),
      "R 4.2.2 stats : lm, anova")
    # Mid-ranks of the weighted distribution, ties taking the middle of their weight; then the design's own tests.
    w <- tapply(x$weight, x$csat_overall, sum)
    mid <- (cumsum(w) - w / 2) / sum(w)
    d$score <- as.numeric(mid[as.character(d$csat_overall)])
    design <- subset(svydesign(ids = ~1, weights = ~weight, data = d), !is.na(csat_overall))
    design$variables$g <- factor(design$variables[[by]])
    m <- svyglm(score ~ g, design)
    test <- regTermTest(m, ~g, df = degf(design) - (nlevels(g) - 1))
    case(paste0("svyranktest.w.", by), file, inputs, obj(list(F = num(test$Ftest), df = num(test$df), ddf = num(test$ddf), p = num(test$p))),
      paste0(survey, "svyglm, regTermTest on weighted mid-ranks"), "degf(design) - (k - 1), as svyranktest")
    m <- svyglm(csat_overall ~ g, design)
    test <- regTermTest(m, ~g, df = degf(design) - (nlevels(g) - 1))
    case(paste0("svyglm.w.", by), file, inputs, obj(list(F = num(test$Ftest), df = num(test$df), ddf = num(test$ddf), p = num(test$p))),
      paste0(survey, "svyglm, regTermTest"), "design-based F of means")
    # svyranktest itself, where equal weights make its order of ties harmless.
    design <- subset(svydesign(ids = ~1, weights = ~rep(1, nrow(d)), data = d), !is.na(csat_overall))
    design$variables$g <- factor(design$variables[[by]])
    test <- svyranktest(csat_overall ~ g, design)
    case(paste0("svyranktest.equal.", by), file, inputs, obj(list(F = num(test$parameter / test$statistic), df = num(test$statistic),
      ddf = num(test$ddf), p = num(test$p.value))), paste0(survey, "svyranktest"), "all weights 1")
    if (by == "segment") {
      member <- levels(g)[1]
      design$variables$m <- as.numeric(design$variables$segment == member)
      test <- svyranktest(csat_overall ~ m, design)
      case("svyranktest.equal.two", file, sprintf('{"var": "csat_overall", "group": "%s"}', member),
        obj(list(t = num(test$statistic), df = num(test$parameter), p = num(test$p.value))), paste0(survey, "svyranktest"), "a group against the rest")
    }
  }
}
# The conditional odds ratio and limits of two small tables, fisher.test's equations with a tolerance that it lacks.
for (t in list(c(3, 1, 1, 3), c(28, 40, 60, 84), c(17, 5, 2, 88))) {
  m <- t[1] + t[2]; n <- t[3] + t[4]; k <- t[1] + t[3]; x <- t[1]
  support <- max(0, k - n):min(k, m)
  d <- function(u) { l <- dhyper(support, m, n, k, log = TRUE) + u * support; l <- exp(l - max(l)); l / sum(l) }
  solve1 <- function(f) exp(uniroot(f, c(-15, 15), tol = 1e-14)$root)
  value <- list(or_cmle = num(solve1(function(u) sum(support * d(u)) - x)),
    or_ci = vec(c(solve1(function(u) sum(d(u)[support >= x]) - 0.025), solve1(function(u) sum(d(u)[support <= x]) - 0.025))))
  case(sprintf("table.odds.[[%d,%d],[%d,%d]]", t[1], t[3], t[2], t[4]), NULL,
    sprintf('{"table": [[%d, %d], [%d, %d]]}', t[1], t[3], t[2], t[4]), obj(value), "R 4.2.2 stats : dhyper, uniroot(tol=1e-14)")
}
cat("[\n", paste(cases, collapse = ",\n"), "\n]\n", sep = "")
