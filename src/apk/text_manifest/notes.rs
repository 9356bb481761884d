//! What the build knows and a text manifest leaves out: apktool's notes, or the Gradle script of the module.

use std::fs;
use std::path::Path;

use crate::apk::Manifest;

/// Larger files are no build notes.
const MAX_FILE: u64 = 1 << 20;
/// Where the script stands, seen from the manifest: beside it, or above `src/main`.
const SCRIPTS: [&str; 4] = ["build.gradle", "build.gradle.kts", "../../build.gradle", "../../build.gradle.kts"];

/// Values that the build fills into the manifest.
#[derive(Debug, Default)]
pub(super) struct Notes {
    namespace: Option<String>,
    application_id: Option<String>,
    version_name: Option<String>,
    version_code: Option<u64>,
    min_sdk: Option<u32>,
    target_sdk: Option<u32>,
    max_sdk: Option<u32>,
}

impl Notes {
    /// Those of `apktool.yml` or `build.gradle`; none where there are none, or where they are computed.
    pub(super) fn beside(folder: &Path) -> Self {
        let mut notes = Self::default();
        if let Some(text) = text(&folder.join("apktool.yml")) {
            text.lines().for_each(|line| notes.line(line));
            return notes;
        }
        for script in SCRIPTS {
            if let Some(text) = text(&folder.join(script)) {
                text.lines().for_each(|line| notes.line(line));
                break;
            }
        }
        notes
    }

    /// One line: `minSdkVersion: '21'`, `minSdk = 21`, `minSdkVersion 21`. The first of a kind counts: flavours come later.
    fn line(&mut self, line: &str) {
        let line = line.trim();
        let end = line.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(line.len());
        let (key, rest) = line.split_at(end);
        let value = rest.trim_start_matches([' ', '\t', ':', '=', '(']).trim_end_matches([')', ',', ' ']);
        let quoted = value.strip_prefix(['"', '\'']).and_then(|v| v.strip_suffix(['"', '\'']));
        let number = || quoted.unwrap_or(value).parse::<u32>().ok();
        let name = || quoted.filter(|v| !v.is_empty() && !v.contains('$')).map(Into::into);
        match key {
            "namespace" => self.namespace = self.namespace.take().or_else(name),
            "applicationId" => self.application_id = self.application_id.take().or_else(name),
            "minSdk" | "minSdkVersion" => self.min_sdk = self.min_sdk.or_else(number),
            "targetSdk" | "targetSdkVersion" => self.target_sdk = self.target_sdk.or_else(number),
            "maxSdk" | "maxSdkVersion" => self.max_sdk = self.max_sdk.or_else(number),
            "versionCode" => self.version_code = self.version_code.or_else(|| number().map(Into::into)),
            // apktool writes plain scalars without quotes.
            "versionName" => {
                let plain = || (rest.starts_with(": ") && value != "null").then(|| value.to_owned());
                self.version_name = self.version_name.take().or_else(name).or_else(plain);
            }
            _ => {}
        }
    }

    /// The package that class names in the manifest are relative to, where the manifest names none.
    pub(super) fn namespace(&self) -> &str {
        self.namespace.as_deref().or(self.application_id.as_deref()).unwrap_or_default()
    }

    pub(super) fn application_id(&self) -> Option<&str> {
        self.application_id.as_deref()
    }

    /// Fills in what the manifest itself does not say; the application id replaces the namespace.
    pub(super) fn fill(self, manifest: &mut Manifest) {
        if let Some(id) = self.application_id {
            manifest.package = id;
        }
        manifest.version_name = manifest.version_name.take().or(self.version_name);
        manifest.version_code = manifest.version_code.or(self.version_code);
        manifest.min_sdk = manifest.min_sdk.or(self.min_sdk);
        manifest.target_sdk = manifest.target_sdk.or(self.target_sdk);
        manifest.max_sdk = manifest.max_sdk.or(self.max_sdk);
    }
}

fn text(path: &Path) -> Option<String> {
    fs::metadata(path).ok().filter(|m| m.is_file() && m.len() <= MAX_FILE)?;
    fs::read_to_string(path).ok()
}
