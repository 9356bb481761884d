//! Rows of tables, and permission constants wherever they stand.

use std::ops::Range;

use super::constant::Constant;
use super::{Details, Frame, Reader};
use crate::catalogue::{Cue, Label};
use crate::policy::cue::CueAt;
use crate::policy::model::{Basis, Party, Platform, Polarity, Role, Subject};
use crate::policy::outline::{Outline, Row, Span};
use crate::policy::place::Placer;
use crate::policy::sdk_list::{Columns, TableKind};
use crate::policy::sentence::Sentence;

impl Reader<'_> {
    /// Reads one row under what its table's columns hold.
    pub(super) fn row(
        &mut self,
        outline: &Outline,
        placer: &Placer,
        index: usize,
        row: &Row,
        kind: TableKind,
        columns: &Columns,
    ) {
        if kind == TableKind::Head {
            return;
        }
        let scope = self.scan.scopes.get(&(placer.reading, index));
        let entries: Vec<usize> = scope.map(|s| s.entries.clone()).unwrap_or_default();
        let mut frame = self.frame(outline, placer, index, &entries);
        if let Some(scope) = scope
            && scope.platform != Platform::Any
        {
            frame.platform = scope.platform;
        }
        if row.cells.iter().any(|(c, _)| self.foreign(c)) {
            frame.platform = row.cells.iter().find_map(|(c, _)| self.foreign_platform(c)).unwrap_or(frame.platform);
        }
        // 悬浮窗权限|未申请: the row says that its permission is not asked for.
        let refused = |(cell, _): &(Span, bool)| self.words.says_not_asked(cell.folded());
        if matches!(kind, TableKind::Permission | TableKind::Other) && row.cells.iter().skip(1).any(refused) {
            frame.denied = Some(Polarity::DeniedFull);
        }
        let told = kind != TableKind::Other;
        if told && matches!(frame.role, Role::Rights | Role::Update | Role::Contact) && kind != TableKind::Permission {
            frame.role = Role::Body;
        }
        for (column, (cell, _)) in row.cells.iter().enumerate() {
            let above = scope
                .and_then(|s| s.inherits.iter().find(|(c, _)| *c == column))
                .and_then(|&(_, from)| outline.nodes[from].row.as_ref())
                .and_then(|r| r.cells.get(column));
            let cell = above.map_or(cell, |(above, _)| above);
            if cell.normal.is_empty() {
                continue;
            }
            let label = columns.get(column).copied().flatten();
            let mut cell_frame = frame.clone();
            match (kind, label) {
                (TableKind::Sdk, Some(Label::Data | Label::Permission)) => {
                    cell_frame.active = true;
                    cell_frame.listed = true;
                    if cell_frame.role == Role::Preamble {
                        cell_frame.role = Role::SdkList;
                    }
                }
                (
                    TableKind::Sdk,
                    Some(
                        Label::Name
                        | Label::Company
                        | Label::Link
                        | Label::Package
                        | Label::Way
                        | Label::Index
                        | Label::Platform,
                    ),
                ) => continue,
                (TableKind::Sdk, Some(Label::Purpose)) => cell_frame.silent = true,
                (TableKind::Sdk, None) => cell_frame.silent = self.short_purpose(cell),
                (TableKind::Permission, Some(Label::Permission | Label::Name)) => {
                    cell_frame.active = true;
                    cell_frame.listed = true;
                    cell_frame.role = Role::PermissionList;
                }
                (TableKind::Permission, Some(Label::Data)) => {
                    cell_frame.active = true;
                }
                (
                    TableKind::Permission,
                    Some(Label::Purpose | Label::Way | Label::Index | Label::Link | Label::Platform),
                ) => {
                    // What a permission is for discloses data only where the words say that it is taken.
                    cell_frame.active = false;
                    cell_frame.listed = false;
                    cell_frame.no_data = true;
                }
                (TableKind::Permission, None) if columns.first() == Some(&Some(Label::Permission)) => {
                    cell_frame.active = false;
                    cell_frame.listed = false;
                    cell_frame.no_data = true;
                }
                (TableKind::Permission, _) => {
                    cell_frame.listed = true;
                }
                (TableKind::Data, Some(Label::Data)) => {
                    cell_frame.active = true;
                    cell_frame.role = Role::Collection;
                }
                (TableKind::Data, _) => {
                    cell_frame.active = false;
                    cell_frame.role = Role::Collection;
                }
                (TableKind::Other, _) => {}
                (TableKind::Head, _) => continue,
            }
            self.cell(placer, cell, &cell_frame, matches!(label, Some(Label::Permission | Label::Data)) && told);
        }
    }

    fn cell(&mut self, placer: &Placer, cell: &Span, frame: &Frame, whole: bool) {
        let head = if whole || frame.listed {
            let range = 0..cell.folded().len();
            let capabilities: Vec<_> = self
                .words
                .capabilities
                .find(&cell.normal, range.clone())
                .flat_map(|f| f.values.iter().map(|v| v.id.clone()))
                .collect();
            (whole && !capabilities.is_empty() && self.words.length(cell.folded()) <= 200)
                .then_some((range, capabilities))
        } else {
            None
        };
        self.text(placer, cell, 0, frame, &[], head.as_ref(), Vec::new());
    }

    fn foreign(&self, cell: &Span) -> bool {
        self.foreign_platform(cell).is_some()
    }

    /// The other platform whose constants stand in a text that holds none of Android.
    pub(super) fn foreign_platform(&self, cell: &Span) -> Option<Platform> {
        let found = super::constant::constants(cell, self.words);
        let android = found.iter().any(|c| c.permission.is_some());
        (!android).then(|| found.first().map(|c| c.platform)).flatten()
    }

    /// Whether a cell under an unknown head is a few words of purpose.
    fn short_purpose(&self, cell: &Span) -> bool {
        self.words.purpose_starts(cell.folded())
    }

    /// States what a permission constant names.
    pub(super) fn constant(
        &mut self,
        placer: &Placer,
        span: &Span,
        frame: &Frame,
        constant: &Constant,
        sentences: &[Sentence],
    ) {
        let around = sentences
            .iter()
            .find(|s| s.range.contains(&constant.range.start))
            .map_or(constant.range.clone(), |s| s.range.clone());
        let Some(index) = constant.permission else {
            let written = span.source(constant.range.clone());
            if let Some(capability) = self.words.foreign_capability(written).cloned() {
                let subject = Subject::Capability(capability);
                let details =
                    Details { platform: constant.platform, permission: Some(written.to_owned()), ..Details::default() };
                self.mention(placer, span, subject.clone(), constant.range.clone(), around.clone(), "other-platform");
                let parties = frame.parties.clone();
                self.say(
                    placer,
                    span,
                    frame,
                    &parties,
                    subject,
                    Polarity::Affirmed,
                    Basis::Permission,
                    details,
                    constant.range.clone(),
                    around,
                );
            }
            return;
        };
        let permission = &self.catalogue.permissions()[index];
        let subject = Subject::Capability(permission.capability.clone());
        let platform = if frame.platform == Platform::Any { Platform::Android } else { frame.platform };
        if matches!(frame.role, Role::Contents | Role::Definition) || frame.exception {
            self.mention(placer, span, subject, constant.range.clone(), around, "definition");
            return;
        }
        let denied = sentences.iter().find(|s| s.range.contains(&constant.range.start)).is_some_and(|s| {
            s.cues.iter().any(|c| {
                c.cue == Cue::Negation
                    && c.range.end <= constant.range.start
                    && s.clause_of(constant.range.start).contains(&c.range.start)
            })
        });
        let polarity = match (frame.denied, denied) {
            (Some(polarity), _) => polarity,
            (None, true) => Polarity::DeniedFull,
            (None, false) => Polarity::Affirmed,
        };
        let why = if polarity != Polarity::Affirmed {
            "denied"
        } else if platform.covers_android() {
            "disclosed"
        } else {
            "other-platform"
        };
        let details = Details {
            platform,
            permission: Some(span.source(constant.range.clone()).to_owned()),
            photos_only: permission.name.contains("READ_MEDIA_IMAGES") || permission.name.contains("READ_MEDIA_VIDEO"),
            ..Details::default()
        };
        self.mention(placer, span, subject.clone(), constant.range.clone(), around.clone(), why);
        let parties = frame.parties.clone();
        self.say(
            placer,
            span,
            frame,
            &parties,
            subject,
            polarity,
            Basis::Permission,
            details.clone(),
            constant.range.clone(),
            around.clone(),
        );
        // What a permission given to an SDK opens counts as its data; for the app itself its own words say what it takes.
        if polarity == Polarity::Affirmed && parties.iter().all(|p| matches!(p, Party::Sdk(_))) {
            let opened: Vec<_> = self.words.opened_by(&permission.capability).to_vec();
            for item in opened {
                self.say(
                    placer,
                    span,
                    frame,
                    &parties,
                    Subject::Data(item),
                    Polarity::Affirmed,
                    Basis::Permission,
                    details.clone(),
                    constant.range.clone(),
                    around.clone(),
                );
            }
        }
        self.gloss(placer, span, constant, permission.capability.clone());
    }

    /// Flags a constant whose Chinese gloss names something else.
    fn gloss(&mut self, placer: &Placer, span: &Span, constant: &Constant, capability: crate::catalogue::CapabilityId) {
        let text = span.folded();
        let tail = &text[constant.range.end..];
        let end = constant.range.end + tail.find(['。', ';']).unwrap_or(tail.len()).min(next_constant(tail));
        let cues = self.words.cues(&span.normal, constant.range.end..end);
        let grants = |c: &CueAt| matches!(c.cue, Cue::Collect | Cue::Access | Cue::Ask);
        // 允许读取通讯录 names a permission; 视频小窗播放 tells what for.
        let granted = |word: &Range<usize>| {
            cues.iter().any(|c| {
                grants(c)
                    && c.range.start < word.end
                    && (c.range.end > word.start || self.words.length(&text[c.range.end..word.start]) <= GRANTED)
            })
        };
        let named: Vec<_> = self
            .words
            .capabilities
            .find(&span.normal, constant.range.end..end)
            .filter(|f| granted(&f.range))
            .flat_map(|f| f.values.iter().map(|v| v.id.clone()))
            .filter(|c| self.catalogue.permissions_of(c.as_str()).next().is_some())
            .collect();
        let shown = self
            .words
            .data
            .find(&span.normal, constant.range.end..end)
            .any(|f| f.values.iter().any(|v| self.words.shows.get(&v.id) == Some(&capability)));
        if !named.is_empty() && !shown && !named.iter().any(|c| related(c, &capability)) {
            self.mention(
                placer,
                span,
                crate::policy::model::Subject::Capability(named[0].clone()),
                constant.range.clone(),
                constant.range.start..end,
                "gloss-mismatch",
            );
        }
    }
}

/// Whether two capabilities are the same thing to a reader (`wifi-state` and `network-state`).
fn related(a: &crate::catalogue::CapabilityId, b: &crate::catalogue::CapabilityId) -> bool {
    let stem = |c: &str| c.split('-').next().unwrap_or(c).to_owned();
    let has = |group: &[&str], c: &crate::catalogue::CapabilityId| group.iter().any(|id| *c == *id);
    a == b || stem(a.as_str()) == stem(b.as_str()) || ALIKE.iter().any(|group| has(group, a) && has(group, b))
}

/// Characters between the verb of a gloss and what it grants.
const GRANTED: usize = 4;

/// Where the next constant begins in the text behind one.
fn next_constant(tail: &str) -> usize {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let mut from = 0;
    while let Some(start) = tail[from..].find(part).map(|at| from + at) {
        let end = tail[start..].find(|c| !part(c)).map_or(tail.len(), |at| start + at);
        if end - start >= CONSTANT && tail[start..end].contains('_') {
            return start;
        }
        from = end;
    }
    tail.len()
}

/// Letters of the shortest constant (READ_SMS).
const CONSTANT: usize = 8;

/// Capabilities that everyday words for one of them name as well, and what Android gives only to those who may locate.
const ALIKE: [&[&str]; 6] = [
    &["location", "wifi-state", "nearby-wifi", "bluetooth"],
    &["network-state", "wifi-state", "internet", "wifi-change", "network-change"],
    &["storage", "photos", "filesystem-mount"],
    &["phone-state", "call"],
    &["installed-apps", "running-tasks", "usage-stats"],
    &["notifications", "push"],
];
