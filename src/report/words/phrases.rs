//! The fixed texts of the report page, each once a language.
//!
//! A text is a field, so the compiler refuses a language that lacks one and names those that nobody shows. What the
//! survey or the figures supply stands as `{name}` and is filled in by [`fill`](super::fill); every language uses the
//! same placeholders (a test sees to it).

mod english;
mod french;
mod german;
mod spanish;

use crate::report::Language;

/// Structs of texts, with a list of their fields for the tests.
macro_rules! topics {
    ($($(#[$about:meta])* $name:ident { $($field:ident)* })*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug)]
            pub(crate) struct $name {
                $(pub(crate) $field: &'static str,)*
            }

            #[cfg(test)]
            impl $name {
                fn all(&self) -> Vec<(&'static str, &'static str)> {
                    vec![$((concat!(stringify!($name), ".", stringify!($field)), self.$field)),*]
                }
            }
        )*
    };
}

/// All texts of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrases {
    /// Around the content: title, document control, words of the formats.
    pub(crate) page: PageTexts,
    /// The headings of the parts.
    pub(crate) parts: PartTexts,
    /// Headings of columns.
    pub(crate) columns: ColumnTexts,
    /// Units, p-values and titles of axes.
    pub(crate) units: UnitTexts,
    /// Names of statistics.
    pub(crate) statistics: StatisticTexts,
    /// What a headline is.
    pub(crate) definitions: DefinitionTexts,
    /// What is to be known about a figure or its absence.
    pub(crate) flags: FlagTexts,
    /// Verdicts: each text here and nowhere else.
    pub(crate) verdicts: VerdictTexts,
    /// The first screen.
    pub(crate) card: CardTexts,
    /// The sentences of findings.
    pub(crate) findings: FindingTexts,
    /// Why a table was tested as it was.
    pub(crate) table_tests: TableTestTexts,
    /// What moved.
    pub(crate) change: ChangeTexts,
    /// Two sides against each other.
    pub(crate) compare: CompareTexts,
    /// Patterns of a control chart.
    pub(crate) rules: RuleTexts,
    /// Groups against the rest.
    pub(crate) groups: GroupTexts,
    /// Distributions.
    pub(crate) answers: AnswerTexts,
    /// Expectation and perception.
    pub(crate) gaps: GapTexts,
    /// What the views of gaps, drivers and needs say alike.
    pub(crate) views: ViewTexts,
    /// Importance and performance.
    pub(crate) priorities: PriorityTexts,
    /// Kano's questionnaire.
    pub(crate) kano: KanoTexts,
    /// What several questions measure together.
    pub(crate) constructs: ConstructTexts,
    /// What drives an outcome.
    pub(crate) drivers: DriverTexts,
    /// Complaints and their handling.
    pub(crate) complaints: ComplaintTexts,
    /// What the organisation records anyway, beside the scores.
    pub(crate) indicators: IndicatorTexts,
    /// Self-assessment by checklist.
    pub(crate) checklist: ChecklistTexts,
    /// Promises to customers.
    pub(crate) promises: PromiseTexts,
    /// Disputes before outside providers.
    pub(crate) disputes: DisputeTexts,
    /// What was read and left out.
    pub(crate) account: AccountTexts,
    /// How figures were computed and where they come from.
    pub(crate) method: MethodTexts,
    /// The tables of all figures.
    pub(crate) tables: TableTexts,
    /// Targets and limits.
    pub(crate) gates: GateTexts,
    /// How well the answers came in.
    pub(crate) quality: QualityTexts,
    /// Banner tables.
    pub(crate) banner: BannerTexts,
    /// What weighting did to the sample.
    pub(crate) weighting: WeightingTexts,
    /// The map of clauses.
    pub(crate) clauses: ClauseTexts,
    /// The notes of an analysis.
    pub(crate) notes: NoteTexts,
}

topics! {
    /// Around the content: title, document control, words of the formats.
    PageTexts {
        contents show_table number skip folded kind prepared_by approved_by document_no revision distribution
        retention about wave_only wave_of wave_running waves_all answers_one answers_many as_of made_by
        level quoted and_last list_separator phrase_separator nothing_to_score logo
    }

    /// The headings of the parts.
    PartTexts {
        glance findings trend groups distributions gaps kano constructs drivers priorities complaints disputes
        promises checklist indicators method quality weighting tables clauses addresses
    }

    /// Headings of columns.
    ColumnTexts {
        question statistic answer value low high base weighted_base effective_base standard_error method
        target verdict wave all_waves group change difference deficit p_adjusted first_share ranks share rows reason
        note expected perceived gap effect importance weighted_gap performance quadrant quadrant_share
        dimension bytes file hash clause subject addressed limits_from limits_to signal against mix within
        detectable places
    }

    /// Units, p-values and titles of axes.
    UnitTexts {
        points point_one days p_is p_below p_above share_above share_below range percent_axis points_axis scale_axis number_axis
        index_axis days_axis
    }

    /// Names of statistics.
    StatisticTexts {
        top_box bottom_box net mean index nps promoters passives detractors gap expectation perception
        median
    }

    /// What a headline is.
    DefinitionTexts {
        range range_without either span top_box top_box_agree best_is mean index net nps gap difference numbers shares
        shares_of_answerers
    }

    /// What is to be known about a figure or its absence.
    FlagTexts {
        no_answers suppressed complementary single_answer no_variation census small_base too_many_values no_deadline not_a_subset
        no_figure no_interval
    }

    /// Verdicts: each text here and nowhere else.
    VerdictTexts {
        met missed cannot_tell target target_plain target_line up down about_equal about_equal_within
        but_within no_clear_change up_plain down_plain about_equal_plain about_equal_within_plain
        but_within_plain no_clear_change_plain above_rest below_rest no_clear_difference not_tested
        clear_alone too_few
    }

    /// The first screen.
    CardTexts {
        interval base_one base_many change others others_title base figure_note figure_base figure_bases
        description_rows description_row targets_apart
    }

    /// The sentences of findings.
    FindingTexts {
        none target_met target_missed target_open target_met_detail target_missed_detail target_open_detail
        target_value_detail rose fell rose_within fell_within unchanged equal equal_within change_detail
        change_open_detail change_value_detail change_plain_detail margin detectable simpson nothing_changed_one
        nothing_changed_many nothing_changed_detail_one nothing_changed_detail_many groups_alike
        groups_differ groups_differ_detail groups_test_over groups_not_equal first last first_plain
        last_plain apart apart_above apart_below apart_alone apart_none with_range named named_plain
        gaps_none gaps_below_one gaps_below_many gaps_only_above gaps_below gaps_above gaps_detail_one
        gaps_detail_many priorities_none priorities_one priorities_many priorities_other
        priorities_other_none priorities_unsettled priorities_detail rises falls no_tendency slope
        slope_plain signal signal_detail
    }

    /// What moved.
    ChangeTexts {
        title description description_signals no_waves empty_waves one_wave no_trend tested tested_plain not_tested
        running detectable last_year mix contributions tendency_up tendency_down tendency_none
        tendency_short broken bridged wording scale options chart chart_provisional chart_moving chart_laney
        waves_one waves_many no_chart signals signal no_signal rules center limit_upper limit_lower window windows adjusted others why
        why_asking why_asking_row why_asking_none why_contributions why_moved definition channel language
        response_rate base weights unknown running_mark saved_mark untested future future_mark
        detectable_many signals_provisional
    }

    /// Two sides against each other.
    CompareTexts {
        part title side_a side_b rest paired_title base_a base_b difference limits_many limits_one limits_none others
        detectable pairs_one pairs_many pairs pairs_left_out unequal_weights simpson only changed
    }

    /// Patterns of a control chart.
    RuleTexts {
        beyond_limits run_of_eight two_of_three four_of_five six_rising_or_falling
    }

    /// Groups against the rest.
    GroupTexts {
        none no_panels title description all differ alike nothing_differs apart_one apart_many no_test family
        p_within p_over_all small_one small_many hidden no_answers shown_some others others_note nothing
        above below everything_hidden
    }

    /// Distributions.
    AnswerTexts {
        none title title_one title_nps title_wave description description_share dont_know not_applicable
        beside neutral hidden empty detractors passives promoters note note_base note_bases
    }

    /// What the views of gaps, drivers and needs say alike.
    ViewTexts {
        interval clear_one clear_many clear_only none_clear none_clear_only none_tested and_more
        settled_quadrant unsettled_quadrant settled_need unsettled_need beginning few_complete
    }

    /// Expectation and perception.
    GapTexts {
        none title description expectation perception note note_census row_note text none_complete total
        weighted by_dimension by_group group_p all_together all_weighted items ceiling_expected ceiling_perceived ranks t
        points alpha_expected alpha_perceived reliability total_base total_items by_points by_dimensions
        servperf servperf_weighted ceiling unreliable scales_differ tolerance adequate desired adequacy
        superiority zone below inside above tolerance_note disconfirmation worse confirmed better balance
        asymmetry disconfirmation_note qualities planned delivered planning delivery communication act_on
        act_planning act_delivery act_communication qualities_note staff form customers of_staff
        staff_difference staff_base staff_note adjusted not_adjusted
    }

    /// Importance and performance.
    PriorityTexts {
        none title description nothing performance importance concentrate_here keep_up low_priority
        possible_overkill unsettled note note_medians note_midpoint note_target diagonal settled meaning
        list_title list_index list_parts list_stated list_derived list_respondents list_answers list_not_drawn list_settled
        list_settled_one nothing_settled alike not_apart opposite no_figure nothing_ranked missing_column sure_column ranks_among ranks_first surely_leading surely_behind surely_first surely_not_first list_beside
        not_settled importance_derived note_equal first_finding first_detail first_derived short change
    }

    /// Kano's questionnaire.
    KanoTexts {
        none title by_group description nothing must_be one_dimensional attractive indifferent reverse questionable
        unsettled better worse better_axis worse_axis category category_strength total_strength by_groups note
        categories meaning
    }

    /// What several questions measure together.
    ConstructTexts {
        none alpha_title items_title retest_title index_title path_title explained_title loadings_title
        construct items alpha omega standardised extracted halves item_rest without loading again same kappa
        icc index kind equal by_mean by_importance by_component weights path coefficient r2 composite weight
        about_alpha about_retest about_index about_path fitted incomplete incomplete_model renormalised
        opposed_half runs_against mixed_signs ignores_population improper no_interval single_question too_few_answers constant_question no_variation
        no_answers no_importance collinear not_converged model
    }
    /// What drives an outcome.
    DriverTexts {
        none title top_box nps description share_axis note explained explained_range explained_left explained_left_range association
        slope_meaning slope_points complete lost dummy moved guessed bootstrap jackknife no_limits
        census finite_population condition ignores_design few_answers hardly_explains opposite_signs seems_turned outcome_seems_turned collinear few_at_an_end basic performance excitement factors_meaning
        driver share rank correlation slope rating penalty reward factor plane plane_description plane_note
        differs neither_yes_nor_no no_number differs_not dissatisfiers enhancers reach noise part key key_meaning yes levels level
        promoters passives detractors hidden no_group
    }

    /// Complaints and their handling.
    ComplaintTexts {
        complaints_one complaints_many none counted_many counted_one counted_none as_of_asked as_of_definition as_of_last_moment state
        state_unknown no_sign kinds_unknown left_out no_received_date received_after left_out_status
        not_a_complaint guessed guess key_title periods_title backlog_title times_title times_groups
        times_periods deadlines_title deadlines_groups deadlines_periods categories_title severity_title
        map_title outcomes_title shares_title remedy_title satisfaction_title chart_title joined_title
        faults_title columns_title statuses_title figure period received closed flow rate transactions open
        to_7 to_30 to_90 over_90 oldest step cases not_yet time_unknown median p80 p90 longest deadline
        within late overdue not_yet_due without_deadline in_time due_date category cumulative severity_mean
        risk_share risk_rank square points outcome satisfied mean_points satisfied_with unknown field column
        how is_guessed is_named filled blank unreadable_cells also_possible status records taken_for kept
        variants fault treatment texts step_acknowledge step_respond step_decide step_close figure_count
        figure_rate figure_in_time figure_median figure_p80 figure_p90 figure_open first_contact upheld
        partly_upheld rejected withdrawn undecided all_outcomes reopened repeat recurrent escalated
        other_category process result process_satisfaction outcome_satisfaction times_meaning times_open_end
        logrank_differs logrank_open logrank_none adjusted deadline_meaning no_share clock as_written
        no_holidays no_rate rates_differ rates_alike running first_period few_many few_one other_large
        no_category no_column_category severity_text severity_none map_text map_description frequency_axis
        severity_axis frequent_and_grave frequent grave neither map_mark nothing pareto_description
        share_axis decided_text outcome_unknown cost_sum cost_mean cost_median cost_largest remedy_text
        remedy_negative satisfaction_text pairs difference exact asymptotic chart_description chart_note
        chart_signals chart_quiet chart_signal chart_provisional chart_no_limits joined_text variant place
        place_column state_open state_closed state_left_out state_dates why_no_transactions
        why_no_transactions_in_period why_incomplete_period why_no_deadline why_no_column why_nothing_judged
        why_suppressed why_no_cases why_none_finished why_too_few_periods why_no_variation
        why_too_few_groups why_too_many_groups why_other field_id field_customer field_received
        field_acknowledged field_responded field_decided field_closed field_due field_status field_category
        field_kind field_channel field_severity field_outcome field_remedy_cost field_reopened
        field_recurrent field_first_contact field_escalated field_promise field_process_satisfaction
        field_outcome_satisfaction closed_before_received acknowledged_before_received
        responded_before_received decided_before_received due_before_received open_with_close_date
        closed_without_date ended_after_as_of negative_cost undeclared_status unknown_outcome
        unknown_severity satisfaction_out_of_range unreadable out_of_reach month_only repeated_id
        repeated_record dates_in_two_shapes counted_without_time counted_as_open counted_as_closed
        record_left_out cell_left_out counted
        backlog_now backlog_none backlog_description backlog_note
        survey_title survey_text survey_wave survey_base of_all of_problem
        of_tried had_problem complained recovered problems_estimated recovery_title
        recovery_text group less group_no_problem group_recovered group_not_recovered
        group_complained group_problem group_did_not_complain recovery_difference recovery_differences recovery_differences_text paradox_yes
        paradox_no iceberg_title iceberg_text iceberg_text_few iceberg_period iceberg_caution
        iceberg_none why_no_complaints why_too_few_answers why_share_may_be_zero why_no_error why_no_such_period
        why_not_over why_no_answers
    }

    /// What the organisation records anyway, beside the scores.
    IndicatorTexts {
        none records_one records_many counted counted_none no_period no_sign limits_meaning recorded
        joined latest_title changes_title corroboration_title chart_title indicator figure
        denominator good_is higher lower neither no_direction two_directions figure_rate
        figure_share figure_count figure_value figure_unit ratio better worse changed_text
        why_recorded_figure why_no_figure why_no_figure_before why_hidden why_too_few_plain_periods
        cor_meaning cor_no_scores cor_no_calendar cor_other_periods cor_no_pair cor_too_few
        cor_no_variation cor_reversal pair score common lag correlation of_changes found lag_none
        lag_later lag_earlier together shared_trend trend_unknown no_clear as_expected not_expected
        counted_without_verdict field_period field_indicator field_value field_denominator
        field_unit field_direction field_segment field_source fault_no_period
        fault_unreadable_period fault_no_indicator fault_no_value fault_other_period_length
        fault_no_longer_period fault_several_in_period fault_repeated_row fault_contradicting_rows
        fault_mixed_units fault_no_denominator fault_zero_denominator fault_negative_denominator
        fault_negative_count fault_not_whole fault_above_denominator fault_unknown_direction
        fault_two_directions fault_short_row fault_unreadable fault_out_of_reach
    }

    /// Self-assessment by checklist.
    ChecklistTexts {
        unknown_answers rule none counted_one counted_many met met_none convention assessment repeated assessors
        compared not_compared kappa unknown unknown_at no_item clauses_title missing_title items_title
        groups_title clause all_clauses items fulfilled strictly yes partly no
        not_applicable unanswered without_evidence no_evidence owner why nobody nothing_missing no_clause
        and_more all_items of_clause
    }

    /// Promises to customers.
    PromiseTexts {
        events_one events_many none counted_many counted_one counted_none as_of_asked as_of_definition
        as_of_last_event not_judged left_out no_date no_promise unknown_promise after_as_of outside_validity
        how_judged not_declared never_tested_text no_indicator_text key_title overshoot_title overshoot_text
        remedy_title remedy_text complaints_title by_events by_file misunderstood_text register_title
        versions_title groups_title periods_title answers_title promise all_promises events judged kept
        breaches mean median p90 largest unit due honoured partly amount_due amount_paid complaints per_1000
        misunderstood version rule from to text topic indicator remedy owner state never_tested
        state_not_judged no_indicator not_in_force what figure_kept figure_events figure_overshoot
        figure_remedy figure_complaints figure_misunderstood figure_awareness figure_satisfaction figure_of
        why_no_events why_nothing_judged why_suppressed why_no_breaches why_mixed_units why_none_due
        why_no_column why_other field_event_id field_promise_id field_date field_segment field_value
        field_met field_remedy_due field_remedy_paid field_complaint_id met_contradicts_value
        fault_not_judged negative_remedy paid_without_due value_wins counted_not_judged clause_indicators
        clause_performance clause_satisfaction note_no_events note_never_tested note_no_indicator
        note_unknown note_outside_validity note_not_declared note_contradicted note_as_of
        note_few_complaints
    }

    /// Disputes before outside providers.
    DisputeTexts {
        times_periods deadlines_periods
        none counted_many counted_one counted_none state state_unknown heard no_sign
        no_referred_date referred_after referral_title referral_subset referral_ratio referral_none
        referral_when when_rejected when_partly_upheld when_escalated when_overdue
        referral_not_in_file referral_though_resolved referral_without_id referred with_outcome
        unresolved times_meaning from_notice from_referred cases count_axis figure_count
        figure_referral figure_open step_implementation settlement_rate settled recommendation
        for_customer split for_organisation withdrawn out_of_scope undecided organisation_accepted
        customer_accepted accepted overturned award_ratio award_ratio_median awarded_mean cost_mean
        cost_median fair process_satisfaction outcomes_title outcomes_text outcomes_none
        shares_title overturned_text award_title award_text award_above amounts_none cost_title
        cost_text funnel_title funnel_text funnel_outside funnel_inside funnel_none funnel_few
        funnel_description funnel_alike provider overall limits_95 limits_998 where_it_lies
        place_within place_above_95 place_below_95 place_above_998 place_below_998 cases_axis
        curve_title curve_axis curve_description curve_end curve_note days waiting
        satisfaction_title satisfaction_text with_fair with_process outcome all_outcomes sides
        sides_none texts_title text_unknown why_no_unresolved why_none_unresolved why_single_case
        why_no_cases why_suppressed field_id field_complaint field_provider field_method
        field_referred field_notice field_responded field_hearing field_decided
        field_organisation_accepted field_customer_accepted field_claimed field_awarded field_cost
        field_implemented field_implementation_due field_fair field_process_satisfaction
        field_internal_outcome notice_before_referred responded_before_notice
        decided_before_referred decided_before_notice closed_before_referred
        implemented_before_decided open_with_outcome_date outcome_without_date date_without_outcome
        negative_amount awarded_above_claimed unknown_complaint unknown_internal_outcome
    }

    /// What was read and left out.
    AccountTexts {
        read rows_label all_used sum term does_not_add_up kept headline_sum headline_all headline_other_base
        base_differs hidden not_asked not_applicable dont_know blank invalid short_row filtered
        invalid_weight zero_weight no_raking_answer no_stratum no_cluster zero_target wave_not_weighted_rows no_date repeated_header no_wave other_wave ragged_row overlong_row rounded_weight outside_base response_rate
        rate_of rate_unknown questions answered left_out kept_reason place place_column preview partial excluded
        duplicate_id no_interview compared compared_text value_all base_all difference
    }

    /// How figures were computed and where they come from.
    MethodTexts {
        computed objective population sampling unknown random everyone_invited open_link everyone_answered
        note_chance note_open_link note_everyone waves wave_rule wave_column wave_file waves_none day week month
        quarter half_year year weights weights_none weighted weighted_plain weighted_to_targets weighted_in_full small
        small_below hiding hidden_below hidden_none confidence confidence_is wordings measures top_box mean index net
        nps gap number shares intervals wilson wilson_about clopper_pearson clopper_pearson_about jeffreys
        jeffreys_about agresti_coull agresti_coull_about wald wald_about adjusted_wald adjusted_wald_about
        score score_about korn_graubard korn_graubard_about bootstrap_percentile bootstrap_bca
        bootstrap_about t t_about paired_t paired_t_about woodruff order_statistics median_about
        garwood garwood_about poisson_ratio poisson_ratio_about goodman goodman_about kaplan_meier kaplan_meier_about
        log_delta log_delta_about
        on_effective_base linearised extended design_covariance used_for used_for_plain tests tests_text provenance version
        definition inferred no_definition with_hash seed options as_of inputs notes verify
    }

    /// The tables of all figures.
    TableTexts {
        headlines further shares by by_wave cut crossed none
    }

    /// Targets and limits that were judged.
    GateTexts {
        title none_missed some_missed undecided chance chance_plain even proof kept missed small_base
        missed_if the_value the_low the_high the_base the_change drop named of_change of_change_since subject
        limit by_chance
    }

    /// How well the answers came in: checks, rules, reasons, tables.
    QualityTexts {
        flags flags_list none not_looked_at checks check looked_at flagged rule only_said not_done no_answer
        stopped duplicate_id repeat_customer duplicate_answers speeder straight_line long_string contradiction
        out_of_range date_unreadable date_future date_before_start rule_no_answer rule_stopped rule_duplicate_id
        rule_repeat_customer rule_duplicate_answers duplicate_pairs rule_speeder rule_speeder_median rule_straight_line
        rule_long_string rule_contradiction rule_out_of_range rule_date_unreadable rule_date_future
        rule_date_before_start why_no_questions why_too_few_questions why_no_id why_no_customer why_no_values why_too_alike
        why_no_duration why_no_durations why_too_few_durations why_no_grid why_no_long_grid why_no_condition
        why_no_date why_no_start why_day_month_open why_too_many_rows items items_text asked missing nonresponse
        part functional dysfunctional grids grids_text grid questions identical longest mean_run mixed
        contradictions condition met own_conditions break_off break_off_text order_columns order_definition
        last_answer place place_of late late_by_date late_by_order late_none late_some late_meaning late_order_meaning
        late_several_waves early
        late_third rates rates_text rate formula case complete partial refusal non_contact other unknown
        not_eligible unmatched e_computed e_given
    }

    /// Banner tables: rows, letters, tests.
 BannerTexts {
        title total count weighted_count limits row_share total_share index residual
        p_rest letters_each letters_previous marks_total marks_rest one_level two_levels no_comparison adjusted_by
        compared_one compared_many
        unadjusted holm benjamini_hochberg bonferroni least_difference least_mean_difference not_tested overlapping hidden
        test_clear test_clear_negligible test_clear_plain test_open test_open_plain test_row open_rows p_after
        with_df with_two_df chi_square fisher rao_scott kruskal_wallis welch wald t_test
        cramers_v epsilon_squared omega_squared cohens_h cohens_d effect_is negligible small medium large
        thin_one thin_many more_columns more_letters tests back shading
    }

    /// What weighting did to the sample: methods, margins, costs, scores with and without.
    WeightingTexts {
        none raking post_stratification linear logit met missed cut_once round_one round_many bounds held_one held_many moved
        range sum heaviest cost before_cost left_out_one left_out_many unwanted_one unwanted_many by_raking
        by_regression by_fixed by_bootstrap margins margin category sample before after scores unweighted weighted
        difference design_effect
    }

    /// The map of clauses.
    ClauseTexts {
        intro other_edition addressed in_title not_here purpose scope_and_frequency
        customers_and_expectations characteristics indirect sampling collecting preparing choosing_method
        analysing validating reporting communicating monitoring maintaining concept iso_9001_monitoring
        iso_9001_evaluation iso_9001_review annex
        complaints_analysis complaints_satisfaction complaints_monitoring disputes_monitoring disputes_analysis
        disputes_satisfaction
    }

    /// Why a table was tested as it was.
    TableTestTexts {
        categories small_expected weights asked ordered_scale mean_of_groups balance_of_groups each_option
    }
    /// The notes of an analysis, by their code; a code with cases has a text for each.
    NoteTexts {
        and_more same_for all_invalid
        many_invalid best_point_assumed small_base suppressed_one suppressed_many suppressed_also zero_width
        not_everyone_answered population_open_link population_filtered population_waves pooled unused_columns
        lookup_matched lookup_zeros lookup_conflicts
        absent_needed absent_other direction_doubtful no_drivers_rows no_drivers_outcome no_drivers_constant
        no_drivers_pairs no_drivers_follows no_drivers_other no_group no_group_some no_group_unreadable
        no_group_unreadable_some wave_incomplete single_wave trend_gap_one trend_gap_many trend_bridged
        trend_break trend_dropped tendency_weighted mix_hidden mix_absent trend_confidence trend_weights
        compare_weights compare_same compare_twice nothing_to_score nothing_zero_weight
        nothing_invalid_weight nothing_filtered nothing_left_out nothing_read other_scale sampling_chance sampling_open_link
        sampling_everyone small_base_weighted weighted_of_all weighted_targets weighted_design weights_fixed
        weights_left_out heavy_row compare_apart
        weights_inefficient targets_rounded targets_missed wave_not_weighted weighted_one weighted_many
        gate_no_direction gate_no_wave gate_unknown_wave gate_nothing gate_no_group gate_no_answer
        gate_hidden gate_no_median gate_no_figure gate_one_answer gate_all_alike gate_no_interval
        gate_small_base gate_small_base_weighted gate_small_base_unknown gate_not_over gate_none_before
        gate_no_last_year gate_asked_otherwise gate_not_comparable gate_change_without_interval gate_falls
        gate_crossed gate_percent trend_missing_one trend_missing_many future_dates_one
        future_dates_many crosstab_itself crosstab_wide
        no_complaints_none no_complaints_in complaints_are_not_dissatisfaction as_of_last_moment no_transactions judged_early
        other_too_large no_holidays transactions_of_other_periods column_in_some_files no_periods_many no_periods_hidden
    }
}

impl Phrases {
    /// The texts in English, which terminals are written in.
    pub(crate) fn english() -> &'static Self {
        Self::of(Language::English)
    }

    /// The texts of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &english::ENGLISH,
            Language::German => &german::GERMAN,
            Language::French => &french::FRENCH,
            Language::Spanish => &spanish::SPANISH,
        }
    }

    /// Every text with its name.
    #[cfg(test)]
    pub(crate) fn all(&self) -> Vec<(&'static str, &'static str)> {
        [
            self.page.all(),
            self.parts.all(),
            self.columns.all(),
            self.units.all(),
            self.statistics.all(),
            self.definitions.all(),
            self.flags.all(),
            self.verdicts.all(),
            self.card.all(),
            self.findings.all(),
            self.table_tests.all(),
            self.change.all(),
            self.compare.all(),
            self.rules.all(),
            self.groups.all(),
            self.answers.all(),
            self.gaps.all(),
            self.views.all(),
            self.priorities.all(),
            self.kano.all(),
            self.constructs.all(),
            self.drivers.all(),
            self.complaints.all(),
            self.indicators.all(),
            self.checklist.all(),
            self.promises.all(),
            self.disputes.all(),
            self.account.all(),
            self.method.all(),
            self.tables.all(),
            self.gates.all(),
            self.quality.all(),
            self.banner.all(),
            self.weighting.all(),
            self.clauses.all(),
            self.notes.all(),
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;
    use crate::report::Language;

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> =
            text.split('{').skip(1).map(|rest| rest.split_once('}').expect("a brace is closed").0).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_language_says_everything_with_the_same_placeholders() {
        let english = Phrases::of(Language::English).all();
        for (language, code, _) in Language::ALL {
            let texts = Phrases::of(language).all();
            assert_eq!(texts.len(), english.len());
            for ((name, text), (english_name, english_text)) in texts.iter().zip(&english) {
                assert_eq!(name, english_name);
                assert!(!text.trim().is_empty(), "{code}: {name} is empty");
                assert_eq!(placeholders(text), placeholders(english_text), "{code}: {name}");
            }
        }
    }

    #[test]
    fn marks_and_percent_signs_stay_on_the_line_of_their_word() {
        for (language, code, _) in Language::ALL.into_iter().filter(|(_, code, _)| *code != "en") {
            for (name, text) in Phrases::of(language).all() {
                let marks = [" %", " :", " ;", " !", " ?", " »", "« "];
                assert!(!marks.iter().any(|mark| text.contains(mark)), "{code}: {name}: {text}");
            }
        }
        for (name, text) in Phrases::of(Language::French).all() {
            let after_a_letter = |(at, mark): (usize, &str)| {
                let before = text[..at].chars().next_back();
                let after = text[at + mark.len()..].chars().next();
                let ends = after.is_none_or(char::is_whitespace);
                ends && before.is_some_and(|before| before != '\u{a0}')
            };
            let wrong = [":", ";", "!", "?"].iter().any(|mark| text.match_indices(mark).any(after_a_letter));
            assert!(!wrong, "{name}: {text}");
        }
    }

    #[test]
    fn no_text_claims_conformity() {
        for (language, code, _) in Language::ALL {
            for (name, text) in Phrases::of(language).all() {
                let text = text.to_lowercase();
                let claims = ["conforms", "compliant", "certified", "konform", "conforme"];
                assert!(!claims.iter().any(|claim| text.contains(claim)), "{code}: {name}: {text}");
            }
        }
    }
}
