// A device flow in the words of RFC 8628.

#include "sandbox/personas.h"

namespace bursar::sandbox {

DeviceWords StandardDeviceWords() {
  DeviceWords words;
  words.request_type = "";
  words.grant_type = "urn:ietf:params:oauth:grant-type:device_code";
  words.verification_uri_field = "verification_uri";
  words.expired_error = "expired_token";
  words.always_offline = true;
  return words;
}

}  // namespace bursar::sandbox
