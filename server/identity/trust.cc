#include "server/identity/trust.h"

#include <openssl/err.h>

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

// As of TLS itself in Debian: 112 bits, no SHA-1.
constexpr int kSecurityLevel = 2;

absl::Status Unusable(absl::string_view file, absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat(file, ": ", what));
}

absl::Status Untrusted(absl::string_view why) {
  return absl::UnauthenticatedError(why);
}

// Overrules OpenSSL in two things about revocation lists.
int Overrule(int is_good, X509_STORE_CTX* context) {
  if (is_good == 1) return 1;
  switch (X509_STORE_CTX_get_error(context)) {
    case X509_V_ERR_CRL_NOT_YET_VALID:
      // What it revokes is revoked even where our clock lags behind the CA's.
      return 1;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
      // The CA that the operator trusts by name needs nobody's list.
      return X509_STORE_CTX_get_error_depth(context) + 1 ==
                     sk_X509_num(X509_STORE_CTX_get0_chain(context))
                 ? 1
                 : 0;
    default:
      return 0;
  }
}

void SetRules(X509_STORE_CTX& context, absl::Time now) {
  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(&context);
  X509_VERIFY_PARAM_set_time(rules, absl::ToTimeT(now));
  X509_VERIFY_PARAM_set_auth_level(rules, kSecurityLevel);
  X509_STORE_CTX_set_purpose(&context, X509_PURPOSE_SSL_CLIENT);
  X509_STORE_CTX_set_verify_cb(&context, Overrule);
}

absl::Time EarliestEnd(const CertificateStack& chain) {
  absl::Time end = absl::InfiniteFuture();
  for (int i = 0; i < sk_X509_num(&chain); ++i) {
    const X509* certificate = sk_X509_value(&chain, i);
    end = std::min(end, TimeOf(*X509_get0_notAfter(certificate)));
  }
  return end;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Trust>> Trust::Create(
    const NamedPem& authorities, const std::optional<NamedPem>& revoked,
    absl::Time now) {
  std::shared_ptr<Trust> trust(new Trust());
  trust->store_.reset(X509_STORE_new());
  absl::Status taken = trust->TakeAuthorities(authorities);
  if (taken.ok() && revoked) taken = trust->TakeLists(*revoked, now);
  ERR_clear_error();
  if (!taken.ok()) return taken;
  return trust;
}

absl::Status Trust::TakeAuthorities(const NamedPem& pem) {
  auto certificates = CertificatesIn(pem.text);
  if (!certificates.ok()) {
    return Unusable(pem.file, certificates.status().message());
  }
  authorities_ = *std::move(certificates);
  for (const Certificate& authority : authorities_) {
    if (X509_check_ca(authority.get()) == 0) {
      return Unusable(pem.file, "holds a certificate that is not a CA's");
    }
    X509_STORE_add_cert(store_.get(), authority.get());
  }
  // A CA that is here is trusted whoever signed its own certificate.
  X509_STORE_set_flags(store_.get(),
                       X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
  return absl::OkStatus();
}

absl::Status Trust::TakeLists(const NamedPem& pem, absl::Time now) {
  const auto lists = RevocationListsIn(pem.text);
  if (!lists.ok()) return Unusable(pem.file, lists.status().message());
  for (const RevocationList& list : *lists) {
    absl::Status fit = CheckList(*list, pem.file, now);
    if (!fit.ok()) return fit;
    X509_STORE_add_crl(store_.get(), list.get());
    if (const ASN1_TIME* next = X509_CRL_get0_nextUpdate(list.get())) {
      next_list_ = std::min(next_list_, TimeOf(*next));
    }
  }
  X509_STORE_set_flags(store_.get(),
                       X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  return absl::OkStatus();
}

absl::Status Trust::CheckList(X509_CRL& list, absl::string_view file,
                              absl::Time now) const {
  const ASN1_TIME* next = X509_CRL_get0_nextUpdate(&list);
  if (next != nullptr && TimeOf(*next) <= now) {
    return Unusable(
        file,
        absl::StrCat("holds a list whose next update was due ",
                     absl::FormatTime(TimeOf(*next), absl::UTCTimeZone())));
  }
  bool is_named = false;
  for (const Certificate& authority : authorities_) {
    if (X509_NAME_cmp(X509_get_subject_name(authority.get()),
                      X509_CRL_get_issuer(&list)) != 0) {
      continue;
    }
    is_named = true;
    if (X509_CRL_verify(&list, X509_get0_pubkey(authority.get())) == 1) {
      return absl::OkStatus();
    }
  }
  // A list of a CA that callers bring along is checked when they do.
  if (!is_named) return absl::OkStatus();
  return Unusable(file, "holds a list that the CA it names did not sign");
}

absl::StatusOr<Trust::GoodUntil> Trust::Check(const ShownCertificates& shown,
                                              absl::Time now) const {
  const OpenSslPtr<CertificateStack> others(sk_X509_new_null());
  for (const Certificate& other : shown.others) {
    sk_X509_push(others.get(), other.get());
  }
  const OpenSslPtr<X509_STORE_CTX> context(X509_STORE_CTX_new());
  if (X509_STORE_CTX_init(context.get(), store_.get(), shown.own.get(),
                          others.get()) != 1) {
    return Untrusted("OpenSSL could not look at it");
  }
  SetRules(*context, now);
  const bool is_good = X509_verify_cert(context.get()) == 1;
  // TLS on this thread would take what is left there for its own.
  ERR_clear_error();
  if (!is_good) {
    return Untrusted(
        X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())));
  }
  return std::min(next_list_,
                  EarliestEnd(*X509_STORE_CTX_get0_chain(context.get())));
}

}  // namespace bursar
