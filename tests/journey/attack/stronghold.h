// The broker that the attacks are made on: mutual TLS, bearer credentials of a
// cluster and API keys, a policy that tells callers apart, and a grant that is
// worth having. Made once for all attacks. Thread-safe once it stands.

#ifndef BURSAR_TESTS_JOURNEY_ATTACK_STRONGHOLD_H_
#define BURSAR_TESTS_JOURNEY_ATTACK_STRONGHOLD_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "tests/fakes/certificate_files.h"
#include "tests/fakes/signing_key.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/api.h"
#include "tests/journey/harness/broker.h"
#include "tests/journey/harness/cluster.h"
#include "tests/journey/harness/credentials.h"
#include "tests/journey/harness/sandbox.h"

namespace bursar::journey {

class Stronghold {
 public:
  // Whom the policy knows. The first two may ask for users whose consent they
  // began, the third for everybody, the last for operators' RPCs too.
  static constexpr char kReader[] = "spiffe://bursar.test/ns/payments/reader";
  static constexpr char kRival[] = "spiffe://bursar.test/ns/orders/reader";
  static constexpr char kServiceHost[] = "service.test";
  static constexpr char kOperatorHost[] = "operator.test";
  /// Whose bearers may do as the third.
  static constexpr char kCluster[] = "prod";
  static constexpr char kIssuer[] = "https://cluster.test";
  static constexpr char kAccount[] = "system:serviceaccount:payments:reader";
  static constexpr char kKeyName[] = "nightly";

  /// Starts everything, and has Ann consent to what the reader began. Fails the
  /// test if anything does not come about.
  Stronghold();

  /// What a caller shows who has these files, to the listener that demands a
  /// certificate.
  Credentials Showing(const CertificateFiles& files) const;
  /// The same of a new certificate for this subject alternative name.
  Credentials Certified(const std::string& subject);
  /// What a caller shows who has a bearer credential and no certificate, to the
  /// listener that does not demand one.
  Credentials Bearing(const std::string& bearer) const;

  /// A token of the cluster's for `claims`, signed as it does.
  std::string TokenOf(const ServiceAccountClaims& claims) const;
  /// One with good claims under `header`, signed with a key that the cluster
  /// does not have.
  std::string ForeignToken(const std::string& header) const;
  /// A header that says where that key is published.
  std::string HeaderThatLeadsAstray() const;
  /// Claims that are good.
  static ServiceAccountClaims GoodClaims();

  /// Puts the certificate on the revocation list that the broker reads.
  void RevokeCertificate(const CertificateFiles& files);
  /// Puts a new certificate in the place of the broker's own.
  void ReplaceServerCertificate();
  /// Puts a key that is not its certificate's in the place of the broker's.
  void BreakServerKey();
  /// Without a rule for kServiceHost and who is like it.
  static std::string PolicyWithoutTheService();

  /// Signed by an authority that the broker does not trust.
  CertificateFiles Forged(const std::string& subject);

  FileAuthority& authority() { return authority_; }
  const SigningKey& signing_key() const { return signing_key_; }
  /// Where the foreign key is published.
  const Cluster& foreign_cluster() const { return foreign_cluster_; }
  /// One that is on the revocation list.
  const CertificateFiles& revoked() const { return revoked_; }
  /// kKeyName's, one that was revoked, and one whose time is over.
  const std::string& api_key() const { return api_key_; }
  const std::string& revoked_api_key() const { return revoked_api_key_; }
  const std::string& expired_api_key() const { return expired_api_key_; }
  Broker& broker() { return *broker_; }
  /// Through the listener that demands a certificate.
  Api& operators() { return *operators_; }
  Api& reader() { return *reader_; }
  /// Ann's, begun by the reader.
  const std::string& grant() const { return grant_; }

 private:
  BrokerOptions Options();
  void Open();
  void ReadAddresses();
  void Consent();
  void MakeApiKeys();
  v1::CreateApiKeyResponse MakeApiKey(absl::Duration life);

  const TemporaryFolder folder_;
  FileAuthority authority_;
  FileAuthority forger_;
  const SigningKey signing_key_;
  const SigningKey foreign_key_;
  const CertificateFiles server_;
  const CertificateFiles revoked_;
  const std::string revocations_;
  Cluster cluster_;
  Cluster foreign_cluster_;
  Sandbox sandbox_;
  std::unique_ptr<Broker> broker_;
  std::string demanding_;
  std::string asking_;
  std::unique_ptr<Api> operators_;
  std::unique_ptr<Api> reader_;
  std::string grant_;
  std::string api_key_;
  std::string revoked_api_key_;
  std::string expired_api_key_;
  int issued_ = 0;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_ATTACK_STRONGHOLD_H_
