// Consents under way, from the core's types to the wire's. Pure; no locking.

#ifndef BURSAR_SERVER_MESSAGES_CONSENTS_H_
#define BURSAR_SERVER_MESSAGES_CONSENTS_H_

#include "bursar/v1/grants.pb.h"
#include "server/core/consent.h"
#include "server/core/device_consents.h"
#include "server/core/types.h"

namespace bursar {

v1::BeginConsentResponse ToProto(const Consent::Begun& begun);
v1::BeginDeviceConsentResponse ToProto(const DeviceConsents::Begun& begun);
v1::DeviceConsent ToProto(const DeviceConsent& consent);

}  // namespace bursar

#endif  // BURSAR_SERVER_MESSAGES_CONSENTS_H_
