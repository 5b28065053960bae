# The cases weighting.more.*: run in this folder with R and its package survey; prints one case a line.
suppressMessages(library(survey))

json <- function(x) {
  if (is.list(x) && !is.null(names(x))) {
    parts <- mapply(function(k, v) paste0("\"", k, "\": ", json(v)), names(x), x)
    paste0("{", paste(parts, collapse = ", "), "}")
  } else if (is.list(x)) paste0("[", paste(sapply(x, json), collapse = ", "), "]")
  else if (is.character(x)) if (length(x) == 1) paste0("\"", x, "\"") else paste0("[", paste0("\"", x, "\"", collapse = ", "), "]")
  else if (length(x) == 1) sprintf("%.15g", x)
  else paste0("[", paste(sprintf("%.15g", x), collapse = ", "), "]")
}
case <- function(id, data, inputs, value, options, tol) {
  cat(json(list(id = paste0("weighting.more.", id), data = data, inputs = inputs, value = value,
    peer = paste("survey", packageVersion("survey")), options = options, compare = "tolerance", tol = tol)), "\n")
}

# Figures of a weighted design: weights, and means of all rows and of one age group.
figures <- function(design, items, domain = NULL) {
  w <- weights(design)
  value <- list(sum = sum(w), min = min(w), max = max(w), n_eff = sum(w)^2 / sum(w^2), first10 = w[1:10])
  for (item in items) {
    f <- as.formula(paste0("~", item))
    m <- svymean(f, design, na.rm = TRUE)
    value[[paste0("mean.", item)]] <- c(coef(m)[[1]], SE(m)[[1]])
    if (!is.null(domain)) {
      d <- svymean(f, subset(design, age == domain), na.rm = TRUE)
      value[[paste0("domain.", item)]] <- c(coef(d)[[1]], SE(d)[[1]])
    }
  }
  value
}

read <- function(name) {
  d <- read.csv(name, na.strings = "", stringsAsFactors = TRUE)
  if (!is.null(d$nps)) d$np <- ifelse(d$nps >= 9, 1, ifelse(d$nps >= 7, 0, -1))
  d$t2b <- as.numeric(d$csat_overall >= 4)
  d$one <- 1
  d
}
control <- list(epsilon = 1e-12, maxit = 2000)
items <- c("csat_overall", "np", "t2b")

for (name in c("bank_a.csv", "hotel_a.csv")) {
  d <- read(name)
  n <- nrow(d)
  genders <- c(Female = 0.52, Male = 0.48) * n
  ages <- c("18-34" = 0.3, "35-54" = 0.4, "55+" = 0.3) * n
  regions <- if (name == "bank_a.csv") c(East = 0.1, North = 0.3, South = 0.35, West = 0.25) * n
    else c(Airport = 0.2, Beach = 0.45, City = 0.35) * n
  frame <- function(v, t) { f <- data.frame(names(t), as.numeric(t)); names(f) <- c(v, "Freq"); f }
  cross <- expand.grid(gender = names(genders), age = names(ages), stringsAsFactors = TRUE)
  cross$Freq <- c(0.14, 0.16, 0.22, 0.18, 0.16, 0.14) * n
  crossed <- as.list(setNames(cross$Freq, paste(cross$gender, cross$age, sep = "|")))
  margin <- function(v, t) list(variables = list(v), targets = as.list(t))
  three <- list(margin("gender", genders), margin("age", ages), margin("region", regions))
  two <- list(list(variables = list("gender", "age"), targets = crossed), margin("region", regions))
  one <- list(list(variables = list("gender", "age"), targets = crossed))
  for (start in c("weight", "one")) {
    base <- svydesign(ids = ~1, weights = as.formula(paste0("~", start)), data = d)
    say <- function(id, ...) paste0(id, ".", start, ".", sub(".csv", "", name))
    r <- rake(base, list(~gender, ~age, ~region),
      list(frame("gender", genders), frame("age", ages), frame("region", regions)), control)
    case(say("rake3"), name, list(method = "rake", start = start, margins = three), figures(r, items, "18-34"), "rake", 1e-9)
    r2 <- rake(base, list(~gender + age, ~region), list(cross, frame("region", regions)), control)
    case(say("rake_crossed"), name, list(method = "rake", start = start, margins = two), figures(r2, items, "18-34"), "rake on a crossed margin", 1e-9)
    p <- postStratify(base, ~ gender + age, cross)
    case(say("poststratify_crossed"), name, list(method = "poststratify", start = start, margins = one), figures(p, items, "18-34"), "postStratify", 1e-9)
    scaled <- svydesign(ids = ~1, weights = as.formula(paste0("~I(", start, "*", n, "/", sprintf("%.17g", sum(d[[start]])), ")")), data = d)
    totals <- c(n, genders[-1], ages[-1], regions[-1])
    names(totals) <- colnames(model.matrix(~ gender + age + region, d))
    for (f in c("linear", "raking", "logit")) {
      bounds <- if (f == "logit") c(0.2, 4) else c(-Inf, Inf)
      cal <- calibrate(scaled, ~ gender + age + region, totals, calfun = f, bounds = bounds, epsilon = 1e-12, maxit = 500)
      case(say(paste0("calibrate3_", f)), name,
        list(method = f, start = start, margins = three, bounds = if (f == "logit") bounds else list()),
        figures(cal, items, "18-34"), paste0("calibrate, calfun=", f), 1e-9)
    }
    # Bounds on factors are bounds on final weights where all design weights are 1.
    if (start == "one") {
      bounds <- if (name == "bank_a.csv") c(0.42, 3.2) else c(0.62, 1.85)
      free <- weights(calibrate(scaled, ~ gender + age + region, totals, calfun = "raking", epsilon = 1e-12, maxit = 500))
      message(name, ": free ", min(free), " to ", max(free))
      for (f in c("linear", "raking")) {
        cal <- try(calibrate(scaled, ~ gender + age + region, totals, calfun = f, bounds = bounds, epsilon = 1e-12, maxit = 2000))
        if (!inherits(cal, "try-error")) {
          w <- weights(cal)
          message(f, ": ", min(w), " to ", max(w), " off by ", max(abs(tapply(w, d$region, sum) / regions - 1)))
          case(say(paste0("bounded_", f)), name,
            list(method = f, start = start, margins = three, trim = list(of = "mean", lower = bounds[1], upper = bounds[2])),
            list(sum = sum(w), min = min(w), max = max(w), n_eff = sum(w)^2 / sum(w^2), first10 = w[1:10]),
            "calibrate with bounds", 1e-7)
        }
      }
    }
    # Narrow bounds, so that once and repeated trimming differ.
    w <- weights(r)
    for (strict in c(FALSE, TRUE)) {
      low <- 0.5 * mean(w); high <- 1.4 * mean(w)
      t <- try(trimWeights(r, upper = high, lower = low, strict = FALSE), silent = TRUE)
      if (strict) for (i in 1:3000) t <- trimWeights(t, upper = high, lower = low, strict = FALSE)
      v <- weights(t)
      case(say(paste0("trim_", if (strict) "repeated" else "once")), name,
        list(method = "rake", start = start, margins = three,
          trim = list(of = "mean", lower = 0.5, upper = 1.4, redistribute = if (strict) "repeated" else "once")),
        list(sum = sum(v), min = min(v), max = max(v), n_eff = sum(v)^2 / sum(v^2), first10 = v[1:10]),
        if (strict) "trimWeights until nothing changes" else "trimWeights once", 1e-9)
    }
  }
}

d <- read("gold.csv")
base <- svydesign(ids = ~1, weights = ~one, data = d)
g <- rake(base, list(~segment, ~gender), list(data.frame(segment = c("A", "B", "C"), Freq = c(60, 36, 24)),
  data.frame(gender = c("F", "M"), Freq = c(66, 54))), control)
case("gold", "gold.csv", list(method = "rake", start = "one", margins = list(
  list(variables = list("segment"), targets = list(A = 60, B = 36, C = 24)),
  list(variables = list("gender"), targets = list(F = 66, M = 54)))), figures(g, c("csat_overall", "t2b")), "rake", 1e-9)
