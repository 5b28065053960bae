//! Headers and values as service desks, regulators and cities export them, and as people keep them in sheets.

use proptest::prelude::*;

use super::*;
use crate::survey::CaseState;

/// A column with these cells; `""` is an empty one.
fn column(name: &str, cells: &[&str]) -> ColumnProfile {
    let mut values: Vec<(String, u64)> = Vec::new();
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        match values.iter_mut().find(|(text, _)| text == cell) {
            Some((_, count)) => *count += 1,
            None => values.push(((*cell).to_owned(), 1)),
        }
    }
    let filled: u64 = values.iter().map(|(_, count)| count).sum();
    ColumnProfile {
        name: name.to_owned(),
        empty: cells.len() as u64 - filled,
        filled,
        longest: cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0),
        values,
        ..ColumnProfile::default()
    }
}

/// A file of one header line and records, all divided by `|`.
fn file(text: &str) -> Vec<ColumnProfile> {
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    let (header, records) = lines.split_first().unwrap();
    let cells = |index: usize| records.iter().map(|record| record[index]).collect::<Vec<_>>();
    header.iter().enumerate().map(|(index, name)| column(name, &cells(index))).collect()
}

/// What was taken for what, as `field = column`.
fn guessed(text: &str) -> Vec<String> {
    let definition = infer_complaints(&file(text));
    definition.columns.iter().map(|column| format!("{} = {}", column.field, column.column)).collect()
}

#[test]
fn a_city_s_service_requests() {
    let text = "\
ServiceRequestNum|SRType|MethodReceived|CreatedDate|SRStatus|StatusDate|DueDate|CloseDate|Agency|ZipCode|Neighborhood|CouncilDistrict|DaysOpen
18-1|Traffic Signal|Phone|04/12/2018 11:11:26 AM|Closed|04/12/2018 12:45:48 PM|04/13/2018 11:11:26 AM|04/12/2018 12:45:47 PM|Transportation|21215|Dorchester|6|0
18-2|Look Up|API|11/13/2018 01:06:56 PM|Closed (Duplicate)|11/13/2018 01:06:55 PM||11/13/2018 01:07:16 PM|Call Center|21215|Park Heights|6|0
18-3|Look Up|API|11/14/2018 01:06:56 PM|New|11/14/2018 01:06:55 PM|11/15/2018 01:06:55 PM||Call Center|21215|Park Heights|6|3";
    let expected = [
        "id = ServiceRequestNum",
        "received = CreatedDate",
        "closed = CloseDate",
        "due = DueDate",
        "status = SRStatus",
        "category = SRType",
        "channel = MethodReceived",
    ];
    assert_eq!(guessed(text), expected);
    let header = text.lines().next().unwrap();
    assert_eq!(guessed(header), expected, "from the header alone");
    let definition = infer_complaints(&file(text));
    assert!(definition.columns.iter().all(|column| column.guessed));
    for (status, state) in [
        ("Closed", CaseState::Closed),
        ("Closed (Duplicate)", CaseState::Closed),
        ("Closed (Transferred)", CaseState::Closed),
        ("Open", CaseState::Open),
        ("New", CaseState::Open),
        ("Pending", CaseState::Open),
        ("Open (Duplicate)", CaseState::Open),
        ("New (Duplicate)", CaseState::Open),
        ("In Progress", CaseState::Open),
    ] {
        assert_eq!(definition.state_of(status), Some(state), "{status}");
    }
}

#[test]
fn a_regulator_s_complaints() {
    let text = "\
Date received|Product|Sub-product|Issue|Sub-issue|Consumer complaint narrative|Company|State|ZIP code|Submitted via|Date sent to company|Company response to consumer|Timely response?|Consumer disputed?|Complaint ID
03/12/2014|Mortgage|Other|Loan servicing||We wrote|M&T|MI|48382|Referral|03/17/2014|Closed with explanation|Yes|No|759217
10/01/2016|Credit reporting||Incorrect info||I have|TransUnion|AL|352XX|Web|10/05/2016|Closed with monetary relief|Yes|No|2141773
10/17/2016|Consumer Loan|Vehicle|Managing||I bought|CITIZENS|PA|177XX|Web|10/20/2016|In progress|Yes|No|2163100
06/08/2014|Mortgage|Card|Loan servicing||I am|AMEX|ID|83854|Web|06/10/2014|Untimely response|No|Yes|885638";
    assert_eq!(
        guessed(text),
        [
            "id = Complaint ID",
            "received = Date received",
            "status = Company response to consumer",
            "category = Issue",
            "channel = Submitted via",
        ]
    );
    let definition = infer_complaints(&file(text));
    assert_eq!(definition.also_possible["category"], ["Product"]);
}

#[test]
fn zendesk() {
    let text = "\
Summation column|Group|Tags|Req. #|Id|Requester|Requester id|Requester email|Assignee|Subject|Status|Priority|Via|Ticket type|Created at|Updated at|Due date|Solved at|Resolution time|Satisfaction Score|Reopens|First reply time in minutes
1|Support|a|17|17|Ann|901|a@x.org|Bo|Late parcel|Solved|Normal|Mail|Incident|2026-01-05 10:00:00 +0100|2026-01-06 10:00:00 +0100||2026-01-06 10:00:00 +0100|24|Good|0|55
1|Support|b|18|18|Cy|902|c@x.org|Bo|Broken|Open|Urgent|Web|Problem|2026-01-07 10:00:00 +0100|2026-01-07 10:00:00 +0100|2026-01-09 10:00:00 +0100|||Offered|2|";
    assert_eq!(
        guessed(text),
        [
            "id = Id",
            "customer = Requester id",
            "received = Created at",
            "closed = Solved at",
            "due = Due date",
            "status = Status",
            "category = Ticket type",
            "channel = Via",
            "severity = Priority",
            "reopened = Reopens",
        ]
    );
}

#[test]
fn freshdesk_with_complaints_among_other_tickets() {
    let text = "\
Ticket ID|Subject|Status|Priority|Source|Type|Agent|Group|Created time|Due by Time|Resolved time|Closed time|Last update time|Initial response time|First response time (in hrs)|Resolution time (in hrs)|Resolution status|First response status|Survey results|Product|Contact ID|Email
5|Late|Closed|Low|Portal|Complaint|Bo|One|2026-02-03 09:12:00|2026-02-05 09:12:00|2026-02-04 09:00:00|2026-02-04 10:00:00|2026-02-04 10:00:00|2026-02-03 10:00:00|0.8|24|Within SLA|Within SLA|Happy|App|77|a@x.org
6|How|Resolved|High|Email|Question|Bo|One|2026-02-03 09:30:00|2026-02-05 09:12:00|2026-02-04 09:00:00||2026-02-04 09:00:00||0.8|24|Within SLA|SLA violated|No response|App|78|b@x.org";
    assert_eq!(
        guessed(text),
        [
            "id = Ticket ID",
            "customer = Contact ID",
            "received = Created time",
            "responded = Initial response time",
            "closed = Closed time",
            "due = Due by Time",
            "status = Status",
            "category = Product",
            "kind = Type",
            "channel = Source",
            "severity = Priority",
        ]
    );
    let definition = infer_complaints(&file(text));
    assert_eq!(definition.also_possible["closed"], ["Resolved time"]);
    assert!(definition.counts("Complaint") && !definition.counts("Question"));
}

#[test]
fn jira_service_management() {
    let text = "\
Summary|Issue key|Issue id|Issue Type|Status|Project key|Priority|Resolution|Assignee|Reporter|Created|Updated|Resolved|Due Date|Custom field (Request Type)|Custom field (Time to first response)|Status Category
Late|CS-1|10001|Service Request|Done|CS|High|Done|Bo|ann|12/Apr/26 11:11 AM|13/Apr/26 11:11 AM|13/Apr/26 11:11 AM||Delivery|1h 5m|Done
Wrong|CS-2|10002|Service Request|Waiting for support|CS|Medium||Bo|cy|14/Apr/26 11:11 AM|14/Apr/26 11:11 AM||20/Apr/26 12:00 AM|Invoice||In Progress";
    assert_eq!(
        guessed(text),
        [
            "id = Issue key",
            "customer = Reporter",
            "received = Created",
            "closed = Resolved",
            "due = Due Date",
            "status = Status",
            "category = Custom field (Request Type)",
            "severity = Priority",
        ]
    );
    let definition = infer_complaints(&file(text));
    assert_eq!(definition.also_possible["category"], ["Issue Type"]);
}

#[test]
fn servicenow() {
    let text = "\
number|opened_at|sys_created_on|short_description|caller_id|contact_type|priority|severity|state|category|subcategory|assignment_group|resolved_at|closed_at|reopen_count|due_date|made_sla|sys_updated_on
INC0010001|2026-03-02 08:00:00|2026-03-02 08:00:05|Late|Ann|phone|1 - Critical|3 - Low|Closed|Delivery|Parcel|Desk|2026-03-03 08:00:00|2026-03-08 08:00:00|0||true|2026-03-08 08:00:00
INC0010002|2026-03-02 09:00:00|2026-03-02 09:00:05|Wrong|Cy|email|3 - Moderate|3 - Low|On Hold|Invoice||Desk|||2|2026-03-09 09:00:00|false|2026-03-02 09:00:00";
    assert_eq!(
        guessed(text),
        [
            "id = number",
            "customer = caller_id",
            "received = opened_at",
            "closed = closed_at",
            "due = due_date",
            "status = state",
            "category = category",
            "channel = contact_type",
            "severity = severity",
            "reopened = reopen_count",
        ]
    );
    let definition = infer_complaints(&file(text));
    assert_eq!(definition.also_possible["received"], ["sys_created_on"]);
    assert_eq!(definition.also_possible["severity"], ["priority"]);
}

#[test]
fn salesforce_reports_and_objects() {
    let report = "\
Case Number|Account Name|Contact Name|Case Owner|Subject|Status|Priority|Date/Time Opened|Date/Time Closed|Open|Closed|Escalated|Case Origin|Case Reason|Case Record Type|Closed When Created
00001001|Acme|Ann|Bo|Late|Closed|High|3/2/2026, 8:00 AM|3/3/2026, 8:00 AM|0|1|0|Phone|Delivery|Complaint|1
00001002|Beta|Cy|Bo|Wrong|New|Low|3/4/2026, 8:00 AM||1|0|1|Email|Invoice|Inquiry|0";
    let expected = [
        "id = Case Number",
        "customer = Contact Name",
        "received = Date/Time Opened",
        "closed = Date/Time Closed",
        "status = Status",
        "category = Case Reason",
        "kind = Case Record Type",
        "channel = Case Origin",
        "severity = Priority",
        "first_contact = Closed When Created",
        "escalated = Escalated",
    ];
    assert_eq!(guessed(report), expected);
    let header = report.lines().next().unwrap();
    let without_kind: Vec<&str> = expected.into_iter().filter(|guess| !guess.starts_with("kind")).collect();
    assert_eq!(guessed(header), without_kind, "kinds are known by values only");
    let object = "\
Id|IsDeleted|CaseNumber|ContactId|AccountId|Type|Status|Reason|Origin|Subject|Priority|IsClosed|ClosedDate|IsEscalated|OwnerId|CreatedDate|CreatedById|LastModifiedDate|IsClosedOnCreate
500A|false|00001001|003A|001A|Problem|Closed|Delivery|Phone|Late|High|true|2026-03-03T08:00:00.000Z|false|005A|2026-03-02T08:00:00.000Z|005A|2026-03-03T08:00:00.000Z|false";
    assert_eq!(
        guessed(object),
        [
            "id = CaseNumber",
            "customer = ContactId",
            "received = CreatedDate",
            "closed = ClosedDate",
            "status = Status",
            "category = Reason",
            "channel = Origin",
            "severity = Priority",
            "first_contact = IsClosedOnCreate",
            "escalated = IsEscalated",
        ]
    );
}

#[test]
fn german_and_french_and_spanish_sheets() {
    let german = "\
Vorgangsnummer|Kundennummer|Eingangsdatum|Eingangsbestätigung am|Beantwortet am|Abgeschlossen am|Frist|Bearbeitungsstand|Beschwerdegrund|Vorgangsart|Eingangskanal|Schweregrad|Ergebnis|Kulanzbetrag|Wiedereröffnet|Eskaliert|Zufriedenheit mit der Bearbeitung|Zufriedenheit mit dem Ergebnis
B-1|77|02.03.2026 08:15|02.03.2026|03.03.2026|04.03.2026|30.03.2026|Erledigt|Lieferung|Beschwerde|Telefon|Hoch|berechtigt|12,50|nein|nein|4|5
B-2|78|03.03.2026 09:15|03.03.2026||||in Bearbeitung|Rechnung|Anfrage|E-Mail|Niedrig|||nein|ja||";
    assert_eq!(
        guessed(german),
        [
            "id = Vorgangsnummer",
            "customer = Kundennummer",
            "received = Eingangsdatum",
            "acknowledged = Eingangsbestätigung am",
            "responded = Beantwortet am",
            "closed = Abgeschlossen am",
            "due = Frist",
            "status = Bearbeitungsstand",
            "category = Beschwerdegrund",
            "kind = Vorgangsart",
            "channel = Eingangskanal",
            "severity = Schweregrad",
            "outcome = Ergebnis",
            "remedy_cost = Kulanzbetrag",
            "reopened = Wiedereröffnet",
            "escalated = Eskaliert",
            "process_satisfaction = Zufriedenheit mit der Bearbeitung",
            "outcome_satisfaction = Zufriedenheit mit dem Ergebnis",
        ]
    );
    let french = "\
N° de réclamation|N° client|Date de réception|Accusé de réception le|Date de clôture|Échéance|Statut|Motif|Canal|Gravité|Décision|Geste commercial
R1|77|02/03/2026|03/03/2026|14/03/2026|30/03/2026|Clôturée|Livraison|Courriel|Élevée|Fondée|20
R2|78|13/03/2026||||En cours|Facture|Téléphone|Faible||";
    assert_eq!(
        guessed(french),
        [
            "id = N° de réclamation",
            "customer = N° client",
            "received = Date de réception",
            "acknowledged = Accusé de réception le",
            "closed = Date de clôture",
            "due = Échéance",
            "status = Statut",
            "category = Motif",
            "channel = Canal",
            "severity = Gravité",
            "outcome = Décision",
            "remedy_cost = Geste commercial",
        ]
    );
    let spanish = "\
Nº de expediente|Cliente|Fecha de recepción|Primera respuesta|Fecha de cierre|Fecha límite|Estado|Motivo|Tipo|Canal de entrada|Prioridad|Resultado
1|a|02/03/2026|03/03/2026|14/03/2026|30/03/2026|Cerrada|Entrega|Queja|Web|Alta|Desestimada
2|b|13/03/2026||||En trámite|Factura|Consulta|Teléfono|Baja|";
    assert_eq!(
        guessed(spanish),
        [
            "id = Nº de expediente",
            "customer = Cliente",
            "received = Fecha de recepción",
            "responded = Primera respuesta",
            "closed = Fecha de cierre",
            "due = Fecha límite",
            "status = Estado",
            "category = Motivo",
            "kind = Tipo",
            "channel = Canal de entrada",
            "severity = Prioridad",
            "outcome = Resultado",
        ]
    );
}

#[test]
fn a_register_of_complaints_by_the_steps_of_their_handling() {
    let header = "complaint_id|customer_id|region|product|channel|received_at|problem_date|recurrent|category|subcategory|severity|\
        acknowledged_at|assigned_to|first_response_at|decision_at|outcome|remedy|remedy_cost|closed_at|due_at|status|\
        reopened_count|escalated|first_contact_resolution|root_cause|code_promise_id|process_sat|outcome_sat";
    assert_eq!(
        guessed(header),
        [
            "id = complaint_id",
            "customer = customer_id",
            "received = received_at",
            "acknowledged = acknowledged_at",
            "responded = first_response_at",
            "decided = decision_at",
            "closed = closed_at",
            "due = due_at",
            "status = status",
            "category = category",
            "channel = channel",
            "severity = severity",
            "outcome = outcome",
            "remedy_cost = remedy_cost",
            "reopened = reopened_count",
            "recurrent = recurrent",
            "first_contact = first_contact_resolution",
            "escalated = escalated",
            "promise = code_promise_id",
            "process_satisfaction = process_sat",
            "outcome_satisfaction = outcome_sat",
        ]
    );
    // Every field by its own name, as a definition calls it.
    let ids: Vec<&str> = COMPLAINT_FIELDS.iter().map(|field| field.id).filter(|id| *id != "kind").collect();
    let own: Vec<String> = ids.iter().map(|id| format!("{id} = {id}")).collect();
    assert_eq!(guessed(&ids.join("|")), own);
}

#[test]
fn values_that_are_something_else_are_not_taken() {
    let none: &[&str] = &[];
    assert_eq!(guessed("Closed|State|Reopened\nyes|MD|maybe\nno|VA|perhaps\nyes|PA|who knows"), none);
    // A number that counts tells no cases apart; a text that everybody writes anew is no category.
    let cells: Vec<String> = (0..30).map(|number| format!("case {number}")).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let columns = [column("Number", &["1"; 30]), column("Reason", &cells)];
    assert_eq!(infer_complaints(&columns).columns, []);
    assert_eq!(infer_complaints(&[]), ComplaintsDefinition::default());
    let subjects = "Subject\nComplaint about a parcel\nQuestion about an invoice\nComplaint: late";
    assert_eq!(guessed(subjects), none, "subjects are no kinds");
    let forms = "Form\nComplaint\nQuestion\nComplaint\nQuestion\nComplaint";
    assert_eq!(guessed(forms), ["kind = Form"]);
    assert_eq!(guessed("Status|Status|Created\nClosed|Open|2026-01-01"), ["received = Created"]);
    // A status in words of the house is still the status.
    assert_eq!(guessed("Status\nAblage rot\nAblage blau"), ["status = Status"]);
}

#[test]
fn points_of_satisfaction_snap_to_a_scale() {
    let of = |cells: &[&str]| {
        let definition = infer_complaints(&[column("CSAT score", cells)]);
        (definition.columns.len(), definition.scale_satisfaction)
    };
    assert_eq!(of(&["1", "4", "3"]), (1, Some(5)));
    assert_eq!(of(&["1", "7", "3"]), (1, Some(7)));
    assert_eq!(of(&["2", "9", "3"]), (1, Some(10)));
    assert_eq!(of(&["0", "9", "3"]), (0, None), "points begin at 1");
    assert_eq!(of(&["Good", "Bad"]), (0, None));
}

proptest! {
    #[test]
    fn no_column_is_taken_twice_and_no_field_either(
        names in prop::collection::vec(
            prop::sample::select(vec!["Status", "State", "Created", "Opened", "Closed", "Type", "Category", "Decision", "Id", "Number", "x"]),
            0..9,
        ),
        cell in prop::sample::select(vec!["", "2026-01-01", "Closed", "Complaint", "yes", "3"]),
    ) {
        let columns: Vec<ColumnProfile> = names
            .iter()
            .enumerate()
            .map(|(index, name)| column(&format!("{name}{}", " ".repeat(index)), &[cell, cell]))
            .collect();
        let definition = infer_complaints(&columns);
        let fields: std::collections::BTreeSet<&str> =
            definition.columns.iter().map(|column| column.field.as_str()).collect();
        let taken: std::collections::BTreeSet<&str> =
            definition.columns.iter().map(|column| column.column.as_str()).collect();
        prop_assert_eq!(fields.len(), definition.columns.len());
        prop_assert_eq!(taken.len(), definition.columns.len());
        for (field, others) in &definition.also_possible {
            prop_assert!(definition.column(field).is_some());
            prop_assert!(others.iter().all(|other| !taken.contains(other.as_str())));
        }
    }
}
