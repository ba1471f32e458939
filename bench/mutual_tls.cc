#include "bench/mutual_tls.h"

#include "absl/strings/str_cat.h"

namespace bursar::bench {

MutualTls::MutualTls()
    : authority_(folder_.path()),
      server_(authority_.Issue("server", "DNS:localhost")),
      caller_(authority_.Issue("caller", absl::StrCat("URI:", kSubject))) {}

journey::Credentials MutualTls::At(const std::string& target) const {
  return {.target = target,
          .ca_file = authority_.certificate(),
          .certificate_file = caller_.certificate,
          .key_file = caller_.key};
}

}  // namespace bursar::bench
