// Visits every case of a closed result, none by default. Pure.

#ifndef BURSAR_SERVER_CORE_MATCH_H_
#define BURSAR_SERVER_CORE_MATCH_H_

namespace bursar {

/// std::visit(Match{[](const Granted&) {…}, [](const Dead&) {…}, …}, result):
/// does not compile while a case is missing.
template <typename... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Match(Cases...) -> Match<Cases...>;

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_MATCH_H_
