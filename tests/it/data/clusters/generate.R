suppressMessages(library(survey)); options(survey.lonely.psu="fail", digits=15)
d <- read.csv("answers.csv", na.strings="")
d$top <- as.numeric(d$satisfaction>=4)
d$nps <- ifelse(is.na(d$recommend),NA,ifelse(d$recommend>=9,100,ifelse(d$recommend<=6,-100,0)))
des <- svydesign(ids=~cluster, strata=~stratum, weights=~weight, data=d)
tot <- nrow(d)
rk <- rake(des, list(~region), list(data.frame(region=c("N","S","W"),Freq=c(.5,.3,.2)*tot)), control=list(epsilon=1e-12,maxit=200))
rk2 <- rake(des, list(~region,~group), list(data.frame(region=c("N","S","W"),Freq=c(.5,.3,.2)*tot), data.frame(group=c("a","b","c"),Freq=c(.25,.35,.4)*tot)), control=list(epsilon=1e-14,maxit=500))
out <- function(name, x) cat(name, format(as.numeric(x), digits=15), "\n")
go <- function(tag, des) for (by in c("group","district")) for (v in c("satisfaction","top","nps")) {
  sub <- subset(des, !is.na(d[[v]]))
  x <- ifelse(is.na(d[[v]]),0,d[[v]]); ok <- !is.na(d[[v]]); w <- weights(des)
  lin <- function(doms) { u <- sapply(doms, function(i) { i <- i & ok; W <- sum(w[i]); m <- sum(w[i]*x[i])/W; ifelse(i,(x-m)/W,0)})
    colnames(u) <- paste0("u",seq_along(doms)); e <- des; e$variables <- cbind(e$variables,u)
    V <- vcov(svytotal(as.formula(paste("~",paste(colnames(u),collapse="+"))), e))
    list(cf=sapply(doms, function(i) {i <- i&ok; sum(w[i]*x[i])/sum(w[i])}), V=V) }
  lv <- lapply(levels(factor(d[[by]])), function(g) d[[by]]==g)
  m <- lin(lv); V <- m$V; cf <- m$cf
  if (tag=="plain") { mm <- svyby(as.formula(paste0("~",v)), as.formula(paste0("~",by)), sub, svymean, covmat=TRUE); stopifnot(all.equal(as.numeric(vcov(mm)),as.numeric(V),tolerance=1e-11)) }
  out(paste(tag,by,v,"mean"), cf); out(paste(tag,by,v,"vcov"), V[upper.tri(V,diag=TRUE)])
  df <- degf(sub); out(paste(tag,by,v,"degf"), df)
  out(paste(tag,by,v,"contrast12"), c(cf[1]-cf[2], sqrt(V[1,1]+V[2,2]-2*V[1,2])))
  C <- rbind(c(1,-1,0),c(1,0,-1)); W <- t(C%*%cf)%*%solve(C%*%V%*%t(C))%*%(C%*%cf); out(paste(tag,by,v,"wald"), W)
  # rest
  for (g in levels(factor(d[[by]]))) {
    r <- lin(list(d[[by]]==g, d[[by]]!=g)); Vr <- r$V
    out(paste(tag,by,v,"rest",g), c(r$cf[1]-r$cf[2], Vr[1,1],Vr[2,2],Vr[1,2]))
  }
  f <- svyglm(as.formula(paste0(v,"~factor(",by,")")), sub); rt <- regTermTest(f, as.formula(paste0("~factor(",by,")"))); out(paste(tag,by,v,"regTermTest"), c(rt$Ftest, rt$df, rt$ddf, rt$p))
}
go("plain",des); go("raked",rk2)
for (tag in c("plain","raked")) { de <- if (tag=="plain") des else rk2
 for (by in c("group","district")) { for (v in c("satisfaction","top")) {
  sub <- subset(de, !is.na(d[[v]]))
  x <- svychisq(as.formula(paste0("~",v,"+",by)), sub, statistic="F"); out(paste(tag,by,v,"svychisq F"), c(x$statistic,x$parameter,x$p.value))
  x <- svychisq(as.formula(paste0("~",v,"+",by)), de, statistic="F"); out(paste(tag,by,v,"svychisq F all"), c(x$statistic,x$parameter,x$p.value))
  x <- svychisq(as.formula(paste0("~",v,"+",by)), sub, statistic="Wald"); out(paste(tag,by,v,"svychisq W"), c(x$statistic,x$parameter,x$p.value))
 }}}
