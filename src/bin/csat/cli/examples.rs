//! What stands below the flags of a command: examples, and what they leave open.

pub(super) const INIT: &str = "\
Examples:
  csat init --list
  csat init --from-template relationship-nps -o survey.toml
  csat init --from responses.csv           writes responses.toml beside the file
  csat init --from responses.csv --update  adds the columns that responses.toml lacks

A definition says what each column measures. `csat analyze responses.csv` finds responses.toml by
itself. Nothing that exists is overwritten.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const WEIGHT: &str = "\
Examples:
  csat weight responses.csv                       what the definition's targets do
  csat weight responses.csv --weights weights.csv the weight of every row besides
  csat weight responses.csv --weight w            a column of weights that the data come with

Targets stand in the definition: [weighting.targets.region] with North = 0.25 and South = 0.75. Every
command then weights by itself; nothing else has to be typed. `--weight none` leaves weights out.

Exit codes: 0 done, 1 files and data, targets that the answers cannot meet, 2 what was typed, 78 a
fault inside a definition.";

pub(super) const GAP: &str = "\
Examples:
  csat gap responses.csv                          questions, dimensions, and by the segments
  csat gap responses.csv --explain                with every test, ceilings, reliabilities
  csat gap responses.csv --staff staff.csv        what the staff think that customers say
  csat gap responses.csv --adjust none -o gaps.html
  csat gap responses.csv --format csv             one row a figure

A gap is what is perceived less what is expected, by the same respondents: the definition names both columns
of each question, and may give points or weights of dimensions, a third column for what would just do, and what
is planned and delivered. Limits are of paired t; p is adjusted by Holm.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";
pub(super) const DRIVERS: &str = "\
Examples:
  csat drivers responses.csv                              of the overall question
  csat drivers responses.csv --by region                  and whether regions differ
  csat drivers responses.csv --outcome recommend --of nps
  csat drivers responses.csv --outcome renewed            a column of yes and no
  csat drivers responses.csv --missing listwise --explain coefficients with errors
  csat drivers responses.csv -o drivers.html              with charts

The share of a driver is its part of R² averaged over all orders in which drivers may enter (LMG,
Shapley). Limits are resampled: the same for any number of threads. What is found is association,
not cause: who rates the staff better may be happier for other reasons.

Exit codes: 0 done, 1 files and data (such as drivers that cannot be told apart), 2 what was typed, 78 a
fault inside a definition.";

pub(super) const KANO: &str = "\
Examples:
  csat kano responses.csv                     every feature, and by the segments of the definition
  csat kano responses.csv --explain           intervals, strengths, stated importance
  csat kano responses.csv -o features.html    with the plane of better and worse
  csat kano responses.csv --format csv        one row a feature and group

A feature is asked twice: how one feels with it, and how without it. The definition names both columns;
`csat init --from-template kano` has a questionnaire. Better and worse have the interval of a share
(Wilson); the answers R and Q are in neither.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const COMPLAINTS: &str = "\
Examples:
  csat complaints complaints.csv                       columns and statuses are guessed, and said
  csat complaints complaints.csv --by product          figures and times of each product
  csat complaints complaints.csv --as-of 2026-09-30    the file is complete up to the end of that day
  csat complaints complaints.csv --format csv          one row a figure
  csat complaints                                      the file that `[complaints]` of survey.toml names

Each record is a complaint with the moment at which it was received, and whatever else is known: when it was
acknowledged, answered, decided and closed, its status, category, severity, outcome. `[complaints]` in a definition
names the columns, says which records count, and sets the organisation's own deadlines; without a deadline nothing
is in time or late, and without transactions there are counts and no rate. Open complaints count in times up to the
last moment in the file (Kaplan-Meier). Few complaints are no sign of satisfaction.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const INDICATORS: &str = "\
Examples:
  csat indicators indicators.csv                             figures, changes and charts by period
  csat indicators indicators.csv --scores responses.csv      do they agree with the scores?
  csat indicators indicators.csv --scores q1.json q2.json    the same with saved reports
  csat indicators indicators.csv --every quarter             months joined to quarters
  csat indicators                                            the file that `[indicators]` of survey.toml names

The file has a row for each period and indicator, with the columns period, indicator, value and, where they are known,
denominator, unit, direction, segment and source. A value with a denominator is a rate, with the unit percent a share
of it; without one it is a count (unit count) or a figure as recorded, which has no interval. The direction (higher,
lower) says which way is good. None recorded is no sign of satisfaction, and what moves together with a score is not its
cause.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const PROMISES: &str = "\
Examples:
  csat promises promise_events.csv --promises promises.csv    what was kept, by promise and over time
  csat promises promise_events.csv --by region                the same of each region
  csat promises promise_events.csv --complaints complaints.csv    with complaints about each promise
  csat promises --scores answers.csv                          with who knows the promises, by the survey
  csat promises promise_events.csv --format csv               one row a figure

Each event is an occasion on which a promise could be kept: its promise_id and date, and `value`, which is set against
the target of the version that holds on that day, or `met` with yes or no. `[promises]` in a definition names columns,
holds the promises or names their file, and sets the organisation's own targets. A promise without events was never
tested, which is not 100 %.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const DISPUTES: &str = "\
Examples:
  csat disputes disputes.csv                               columns and outcomes are guessed, and said
  csat disputes disputes.csv --complaints complaints.csv   referral rate, and what was overturned
  csat disputes disputes.csv --by provider                 figures of each provider
  csat disputes disputes.csv --as-of 2026-09-30            complete up to the end of that day
  csat disputes disputes.csv --format csv                  one row a figure
  csat disputes                                            the file that `[disputes]` of survey.toml names

Each record is a dispute before an outside provider with the moment at which it was referred, and whatever else is
known: notice, response and outcome, how it ended, what was claimed and awarded, what it cost, how fair it was found.
`[disputes]` in a definition names the columns, says what outcomes mean, and sets the organisation's own deadlines. The
referral rate needs a file of complaints or the number of unresolved ones. Open disputes count in times up to the last
moment in the file (Kaplan-Meier). Few disputes are no sign of satisfaction.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const VERIFY: &str = "\
Examples:
  csat verify q3.json                      from the files that the report names
  csat verify q3.json --folder answers     from files of these names in another folder
  csat verify q3.json --json

The command that made the report runs again on the same files, and every figure is compared. Where a
file has changed since, that is said first.

Exit codes: 0 nothing differs, 1 files and data, 2 what was typed, 3 something differs, 78 a fault
inside a definition.";

pub(super) const SCHEMA: &str = "\
Examples:
  csat schema survey > survey.schema.json  for an editor that completes TOML
  csat schema report > report.schema.json

Exit codes: 0 done, 2 what was typed.";

pub(super) const COMPLETIONS: &str = "\
Examples:
  csat completions bash > ~/.local/share/bash-completion/completions/csat
  csat completions zsh > ~/.zfunc/_csat
  csat completions powershell >> $PROFILE

Exit codes: 0 done, 2 what was typed.";

pub(super) const MAN: &str = "\
Examples:
  csat man > csat.1
  csat man | man -l -

Exit codes: 0 done, 2 what was typed.";

pub(super) const IMPORT: &str = "\
Examples:
  csat import survey.zip                      writes survey.clean.csv, .clean.toml, .clean.edits.csv
  csat import export.xlsx --explain           what was seen in the file; writes nothing
  csat import export.sav -o answers.csv
  csat import export.csv -o - | other-tool    the table alone, on stdout
  head -c 32 /dev/urandom > key; csat import export.csv --redact --key key

The table keeps every text as it stands, so that it gives the figures of the file; cells that Excel
would run as formulas too, unless --safe is typed. Rows that the file itself calls tests are left
out. The log has row, column, old, new and rule of every cell that stands otherwise; row 0 is the
header.

--redact: ids become keyed hashes (one key, one pseudonym, in every file), columns of names, e-mail,
phone, addresses, IP, coordinates, cards and accounts go, dates of birth become years, postal codes
their first two or three characters, moments days; e-mail, phone, card and account numbers in
comments are masked. Names inside comments are not found: --drop-comments leaves comments out.
The copy is called survey.redacted.csv. A key in PowerShell:
  $k = [byte[]]::new(32); [Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($k)
  [IO.File]::WriteAllBytes(\"$PWD\\csat.key\", $k)

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const LINT: &str = "\
Examples:
  csat lint q3.toml --against q2.toml
  csat lint q3.toml --against q2.toml --format json

Waves are joined only as long as a question keeps its wording, its scale, its options, its measure
and its top box, or has `bridge = true`. Each change is shown as before -> after, with its place.

Exit codes: 0 nothing breaks a trend, 1 files, 2 what was typed, 3 a change breaks a trend, 78 a fault
inside a definition.";

pub(super) const QUALITY: &str = "\
Examples:
  csat quality responses.csv
  csat quality responses.csv --flags -o flags.csv       one line for each flagged row
  csat quality responses.csv --wave 2026-Q3 --format json

Looked at: who did not answer which question, where respondents stopped, ids and answers that are
there twice, too fast respondents, one point throughout a grid, contradictions, answers outside the
scale, dates that cannot be, the first against the last respondents of a wave, AAPOR response
rates. These are flags, each with its limit: no row is left out because of one. [quality] of the
definition names the columns of duration and disposition, the limits and the contradictions;
[exclude] leaves rows out.

No id and no answer of a respondent is printed. --flags names rows by their number in the file, and
the ids of responses only with --with-personal.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const ANALYZE: &str = "\
Examples:
  csat analyze responses.csv
  csat analyze responses.csv --by 'region*age' --where 'channel = \"branch\"'
  csat analyze responses.csv --as q7=nps --as q9=skip
  csat analyze q1.csv q2.csv --every quarter --wave all --format csv
  zcat responses.csv.gz | csat analyze - --survey transactional-csat
  csat analyze responses.csv --list 'recommend <= 6 or overall <= 2' -o follow-up.csv

Columns of the table:
  Score     the question's wording where all fit; else its id, with as much wording as there is room
            for, and (NPS) or (CES) behind the id
  Value     the headline figure: % of answers in the top box, NPS points, or a mean on its scale
  interval  its lower and upper limit at the confidence named, if respondents are a random sample.
            The bar has the limits and the value between the ends of the scale: 0 to 100 %, -100 to
            +100 for NPS, first to last point for a mean; a heading names other ends
  Base      how many gave a valid answer, unweighted; `*`: fewer than `flag_below` (30)
  Target    the target, and: met (the whole interval reaches it), missed (the whole interval falls
            short), cannot tell (the target lies inside the interval)

Without a definition the columns are guessed from names and values; what was taken for what is said
on stderr, with a flag for each unsure guess (marked ?). A number does not tell which end is best:
where 1 is the best answer, write `best = \"low\"` into a definition.

Conditions (--where): = != < <= > >=, in (\"a\", \"b\"), is missing, not, and, or, brackets.
Text stands in double quotes, a name with spaces in backticks, the whole in single quotes.
Texts and dates take only =, !=, in and is missing.

Interval methods (--interval):
  proportion  wilson (default), clopper-pearson, jeffreys, agresti-coull, wald
  nps         adjusted-wald (default), wald, score, bootstrap-percentile, bootstrap-bca
  mean        t (default), bootstrap-percentile, bootstrap-bca
  gap         paired-t (default), bootstrap-percentile, bootstrap-bca

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const CROSSTAB: &str = "\
Examples:
  csat crosstab responses.csv                            every score by every segment
  csat crosstab responses.csv --rows overall,q5 --by 'region,age,region*age'
  csat crosstab responses.csv --by wave                  each wave against the one before
  csat crosstab responses.csv --by recommend --rows q5 --net 'q5: Digital = app, web'
  csat crosstab responses.csv --by region --against rest --level 0.95,0.90
  csat crosstab responses.csv -o book.xlsx               a banner book with a page of contents

A letter names a column that this one is clearly above: shares by z with pooled variance, means by
Welch's t, NPS by adjusted counts, all on effective bases with weights; p-values are adjusted over
the pairs of columns of one row. Columns that share respondents (several answers) are corrected for
it, and so is a column set against the total that holds it. Columns with an effective base below
--minimum-base are not tested, and none with fewer than 10 answers. More than 60 columns are set
against the rest unless --against says otherwise.

The test of a table: chi-square; Fisher's exact test of two by two with an expected cell below 5;
with weights Rao-Scott's second order. Beside it, on an ordered scale, Kruskal-Wallis (with weights
the design-based rank test), and of means Welch's analysis of variance (with weights Wald's F). Each
is named with its reason; --test chooses another. It stands by itself, whichever other tables are
asked for.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const COMPARE: &str = "\
Examples:
  csat compare spring.csv autumn.csv
  csat compare responses.csv --a 'wave = 2026-Q2' --b 'wave = 2026-Q3'
  csat compare responses.csv --a 'region = \"North\"' --rest
  csat compare responses.csv --a 'channel = \"branch\"' --b 'channel = \"online\"' --margin 3
  csat compare before.csv after.csv --paired=customer_id
  csat compare q2.json responses.csv           side a from a saved report
  csat compare spring.csv autumn.csv --statistics all --format csv

Every difference is b less a. Both sides are taken as independent samples: shares by Newcombe's
interval and the pooled z test, NPS from adjusted counts, means by Welch's t. p-values are adjusted
for the number of questions (Holm); limits are of each question by itself. A base below ten is not
tested. A question that was asked differently on both sides is named and not compared.

`detectable` is the smallest difference that these bases would have shown four times in five; that no
difference is clear does not show that there is none. For that name a margin: --margin 3 calls two
shares or net scores about equal where two one-sided tests show that they differ by less than 3
points; means have no such verdict.

With --paired the same respondents are found on both sides by the column of their id, and figures are
of those who answered on both: shares by McNemar's test and Newcombe's interval for pairs, NPS, means
and gaps by the t of the differences. Ids that stand on one side only, or more than once on a side,
are counted and left out; weights count with the mean of both sides. Shares of options are not paired.

Conditions are those of --where (see `csat analyze --help`). `wave = 2026-Q2`, by itself or joined by
`and`, chooses the wave of a side. Answers for which a condition is left open by a blank are of the
rest with --rest. A row on both sides is refused, unless --paired.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const TREND: &str = "\
Examples:
  csat trend responses.csv                     waves as the definition says
  csat trend responses.csv --every month
  csat trend 2025.csv 2026.csv                 one file a wave, each with its own definition
  csat trend q1.json q2.json q3.csv            earlier waves from saved reports
  csat trend responses.csv --why recommend

A change is tested against the wave before, and against the same wave last year under --explain;
p-values are adjusted for the number of scores (Holm). A question that was worded or scaled
otherwise is not compared unless `bridge = true` stands in its [question.x]. A wave that is still
running is shown and not tested. The control chart marks waves that chance alone seldom gives.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

pub(super) const GATE: &str = "\
Examples:
  csat gate responses.csv                              the targets and [[gate]] rows of the definition
  csat gate responses.csv --fail-if 'recommend.low < 20'
  csat gate responses.csv --fail-if 'overall.change[region=North] < -5'
  csat gate q2.json q3.csv --strict                    the wave before from a saved report
  csat gate responses.csv -o gate.xml                  JUnit XML for GitLab or Jenkins

A condition is ID[.STATISTIC].PART[segment=value]@WAVE, then < <= > or >=, then a number. PART is value,
low, high, base or change (against the complete wave before). The statistic is the headline unless
named; nps, csat or ces stand for their only question. The wave is the latest complete one unless
named. The gate fails where the condition holds.

A target fails where the whole interval is on its bad side. A target inside the interval, one on a
base below flag_below (30), and a figure that does not exist fail only with --strict. A gate with
max_drop fails where the interval of the change excludes every drop that is allowed.

In GitHub Actions, unless --format is given, annotations are printed too and a summary is added to
the page of the run.

Exit codes: 0 no gate fails, 1 files and data, 2 what was typed, 3 a gate fails, 78 a fault inside a
definition.";

pub(super) const REPORT: &str = "\
Examples:
  csat report responses.csv -o q3.html
  csat report responses.csv --for board -o q3.xlsx
  csat report responses.csv --each region -o q3.html    writes q3-north.html and so on
  csat report responses.csv -o q3.json                  saves it; the next line renders what was saved
  csat report q3.json -o q3.xlsx
  csat report q2.json responses.csv -o q3.html          earlier waves from a saved report
  csat report responses.csv --badge recommend -o nps.svg

The ending of -o chooses the format: .html, .xlsx, .md, .json or .csv, and .pdf where csat was built
with the feature `pdf` (cargo install --path . --features pdf). The page is one file without
scripts. What it is called, its logo, its language and who approved it stand in [report] of the
definition. Parts (--sections): glance, findings, trend, groups, distributions, gaps, priorities,
method, quality, weighting, tables, clauses.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";
