// Where bursarctl's answers go: standard output, as tables for people or as
// protobuf JSON for programs. Single-threaded.

#ifndef BURSAR_CLIENT_BURSARCTL_OUTPUT_H_
#define BURSAR_CLIENT_BURSARCTL_OUTPUT_H_

#include <google/protobuf/message.h>

#include "client/bursarctl/table.h"

namespace bursar::client {

enum class Format { kTable, kJson };

class Output {
 public:
  explicit Output(Format format) : format_(format) {}

  Format format() const { return format_; }

  /// The table, or the message.
  void Print(const google::protobuf::Message& message,
             const Table& table) const;

  /// The same for one of many that come one by one: JSON on a line of its own.
  void PrintLine(const google::protobuf::Message& message,
                 const Table& table) const;

 private:
  const Format format_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_OUTPUT_H_
