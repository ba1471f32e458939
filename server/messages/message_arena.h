// Where the messages of one call are made: on the stack as far as they are
// small, so that the common call does not go to the heap for each of their
// fields. Not thread-safe.

#ifndef BURSAR_SERVER_MESSAGES_MESSAGE_ARENA_H_
#define BURSAR_SERVER_MESSAGES_MESSAGE_ARENA_H_

#include <array>
#include <cstddef>

#include "google/protobuf/arena.h"

namespace bursar {

class MessageArena {
 public:
  MessageArena() : arena_(Options()) {}

  /// An empty message, which goes with this object.
  template <typename Message>
  Message& Make() {
    return *google::protobuf::Arena::CreateMessage<Message>(&arena_);
  }

 private:
  google::protobuf::ArenaOptions Options() {
    google::protobuf::ArenaOptions options;
    options.initial_block = block_.data();
    options.initial_block_size = block_.size();
    return options;
  }

  // Enough for a GetToken and its answer.
  alignas(std::max_align_t) std::array<char, 1024> block_;
  google::protobuf::Arena arena_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_MESSAGES_MESSAGE_ARENA_H_
