// The option of consents that could cost a user an older grant.

#ifndef BURSAR_CLIENT_BURSARCTL_ON_CAP_H_
#define BURSAR_CLIENT_BURSARCTL_ON_CAP_H_

#include "bursar/v1/grants.pb.h"
#include "client/bursarctl/command.h"

namespace bursar::client {

inline void AddOnCap(CLI::App& verb, v1::BeginConsentRequest::OnCap& value) {
  AddChoice<v1::BeginConsentRequest::OnCap>(
      verb, "--on-cap",
      {{"warn", v1::BeginConsentRequest::WARN},
       {"refuse", v1::BeginConsentRequest::REFUSE}},
      value,
      "What to do if the provider would end an older grant; as the "
      "provider's configuration says if not given");
}

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_ON_CAP_H_
