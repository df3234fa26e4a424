//! How a scarce resource is split between areas: risk-weighted leximin coverage on an earmark
//! network, with a certificate.
