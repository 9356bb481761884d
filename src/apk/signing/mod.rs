//! Who signed a package. Nothing is verified: a certificate in the signing block only says who is claimed to have signed.

use super::Signer;
use super::archive::Archive;
use super::read::Reading;

pub(super) fn signers(_archive: &Archive, _reading: &Reading<'_>, _deviations: &mut Vec<String>) -> Vec<Signer> {
    Vec::new()
}
