#include "server/metrics/metrics_server.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "httplib.h"
#include "prometheus/counter.h"
#include "prometheus/registry.h"

namespace bursar {
namespace {

using testing::HasSubstr;

std::string BaseOf(const std::string& url) {
  return url.substr(0, url.rfind('/'));
}

TEST(MetricsServerTest, WhatTheRegistryCountsIsScraped) {
  const auto registry = std::make_shared<prometheus::Registry>();
  prometheus::BuildCounter().Name("things_total").Register(*registry).Add({});
  const auto server = MetricsServer::Start("127.0.0.1:0", {registry});
  ASSERT_TRUE(server.ok()) << server.status();
  const auto answer = httplib::Client(BaseOf((*server)->url())).Get("/metrics");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_THAT(answer->body, HasSubstr("things_total 0"));
}

TEST(MetricsServerTest, WhatNobodyElseKeepsIsScraped) {
  auto registry = std::make_shared<prometheus::Registry>();
  prometheus::BuildCounter().Name("things_total").Register(*registry).Add({});
  const auto server = MetricsServer::Start("127.0.0.1:0", {registry});
  ASSERT_TRUE(server.ok()) << server.status();
  registry.reset();
  const auto answer = httplib::Client(BaseOf((*server)->url())).Get("/metrics");
  ASSERT_TRUE(answer);
  EXPECT_THAT(answer->body, HasSubstr("things_total 0"));
}

TEST(MetricsServerTest, AnAddressInUseIsRefused) {
  const auto registry = std::make_shared<prometheus::Registry>();
  const auto first = MetricsServer::Start("127.0.0.1:0", {registry});
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string address = BaseOf((*first)->url()).substr(7);
  const auto second = MetricsServer::Start(address, {registry});
  EXPECT_THAT(second.status().message(), HasSubstr("cannot listen there"));
}

}  // namespace
}  // namespace bursar
