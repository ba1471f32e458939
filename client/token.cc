#include "client/token.h"

#include <utility>

namespace bursar::client {

Token::Token(TokenKey key, Parts&& parts)
    : key_(std::move(key)),
      authorization_(std::move(parts.authorization)),
      access_token_(std::move(parts.access_token)),
      token_type_(std::move(parts.token_type)),
      scopes_(std::move(parts.scopes)),
      api_domain_(std::move(parts.api_domain)),
      expire_time_(parts.expire_time),
      grant_(std::move(parts.grant)),
      generation_(parts.generation) {}

}  // namespace bursar::client
