# Values for expected.json that the shared peers do not hold: errors of a logistic model fitted to the end, a weighted one, a joint Wald test by HC3, and
# the nearest positive definite correlations. R 4.2.2, survey 4.1.1, Matrix 1.5.3.
library(survey)
library(Matrix)
options(digits = 17)
items <- list(
  hotel_a = c("csat_room", "csat_breakfast", "csat_desk", "csat_clean", "csat_wifi"),
  bank_a = c("csat_staff", "csat_speed", "csat_product", "csat_digital", "csat_price")
)
named <- function(x) paste0("{", paste0('"', names(x), '": ', format(x, digits = 16, trim = TRUE), collapse = ", "), "}")
for (file in names(items)) {
  d <- read.csv(paste0(file, ".csv"))
  d$t2b <- as.numeric(d$csat_overall >= 4)
  f <- reformulate(items[[file]], "t2b")
  m <- svyglm(f, svydesign(~1, weights = ~weight, data = d), family = quasibinomial(), control = list(epsilon = 1e-14, maxit = 100))
  s <- coef(summary(m))
  cat(file, "logit_weighted b", named(s[, 1]), "se", named(s[, 2]), "p", named(s[, 4]), "\n")
  g <- coef(summary(glm(f, binomial, d, control = list(epsilon = 1e-14, maxit = 100))))
  cat(file, "logit_errors", named(g[, 2]), "\n")
  k <- d[complete.cases(d[, c("csat_overall", items[[file]])]), ]
  o <- lm(reformulate(items[[file]], "csat_overall"), k)
  X <- model.matrix(o); h <- hatvalues(o); e <- resid(o)
  B <- solve(crossprod(X)); V <- B %*% crossprod(X * (e / (1 - h))) %*% B
  L <- rbind(c(0, 1, -1, 0, 0, 0), c(0, 0, 0, 1, 0, 0))
  W <- drop(t(L %*% coef(o)) %*% solve(L %*% V %*% t(L)) %*% (L %*% coef(o))) / 2
  cat(file, "wald", format(W, digits = 16), format(pf(W, 2, df.residual(o), lower.tail = FALSE), digits = 16), "\n")
  R <- cor(k[, items[[file]]])
  cat(file, "condition", format(sqrt(kappa(R, exact = TRUE)), digits = 16), "\n")
}
A <- matrix(c(1, .9, -.6, .2, .9, 1, .5, .1, -.6, .5, 1, .7, .2, .1, .7, 1), 4)
N <- nearPD(A, corr = TRUE, eig.tol = 1e-12, conv.tol = 1e-13, posd.tol = 1e-12, maxit = 10000, do2eigen = FALSE)$mat
cat("nearest", paste(format(N[upper.tri(N)], digits = 12), collapse = ", "), "\n")
