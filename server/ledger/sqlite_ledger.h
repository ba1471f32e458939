// A ledger over one connection to an SQLite database: one store for each role.
// Owns the stores, borrows the rest; belongs to the connection's thread.

#ifndef BURSAR_SERVER_LEDGER_SQLITE_LEDGER_H_
#define BURSAR_SERVER_LEDGER_SQLITE_LEDGER_H_

#include "server/core/ledger.h"
#include "server/ledger/api_key_store.h"
#include "server/ledger/audit_store.h"
#include "server/ledger/begun_grant_store.h"
#include "server/ledger/client_secret_store.h"
#include "server/ledger/client_store.h"
#include "server/ledger/consent_store.h"
#include "server/ledger/delivery_store.h"
#include "server/ledger/device_consent_store.h"
#include "server/ledger/ending_store.h"
#include "server/ledger/event_store.h"
#include "server/ledger/grant_store.h"
#include "server/ledger/limit_store.h"
#include "server/ledger/refresh_store.h"
#include "server/ledger/resealing_store.h"
#include "server/ledger/revocation_store.h"
#include "server/ledger/store_context.h"
#include "server/ledger/usage_store.h"

namespace bursar {

class SqliteLedger final : public Ledger {
 public:
  explicit SqliteLedger(const StoreContext& context) : context_(context) {}
  SqliteLedger(const SqliteLedger&) = delete;

  ClientStore& clients() override { return clients_; }
  ClientSecretStore& client_secrets() override { return client_secrets_; }
  GrantStore& grants() override { return grants_; }
  RefreshStore& refreshes() override { return refreshes_; }
  EndingStore& endings() override { return endings_; }
  RevocationStore& revocations() override { return revocations_; }
  ConsentStore& consents() override { return consents_; }
  DeviceConsentStore& device_consents() override { return device_consents_; }
  EventStore& events() override { return events_; }
  UsageStore& usage() override { return usage_; }
  LimitStore& limits() override { return limits_; }
  ResealingStore& resealing() override { return resealing_; }
  ApiKeyStore& api_keys() override { return api_keys_; }
  BegunGrantStore& begun_grants() override { return begun_grants_; }
  AuditStore& audit() override { return audit_; }
  DeliveryStore& deliveries() override { return deliveries_; }

  /// What a transaction that wrote must do last.
  absl::Status BeforeCommit() { return audit_.SignHead(); }

 private:
  const StoreContext context_;
  SqliteClientStore clients_{context_};
  SqliteClientSecretStore client_secrets_{context_};
  SqliteGrantStore grants_{context_};
  SqliteRefreshStore refreshes_{context_};
  SqliteEndingStore endings_{context_};
  SqliteRevocationStore revocations_{context_};
  SqliteConsentStore consents_{context_};
  SqliteDeviceConsentStore device_consents_{context_};
  SqliteEventStore events_{context_};
  SqliteUsageStore usage_{context_};
  SqliteLimitStore limits_{context_};
  SqliteResealingStore resealing_{context_};
  SqliteApiKeyStore api_keys_{context_};
  SqliteBegunGrantStore begun_grants_{context_};
  SqliteAuditStore audit_{context_};
  SqliteDeliveryStore deliveries_{context_};
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_SQLITE_LEDGER_H_
