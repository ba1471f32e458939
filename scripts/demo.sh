#!/usr/bin/env bash
# The main job on real processes and sockets: consent once, then a service gets
# tokens, until the consent is taken back. Sets itself up, and builds what it
# needs. Ends with 0 only if every step did what it says.
#
#   scripts/demo.sh          shows it and cleans up
#   scripts/demo.sh --keep   leaves all running, and says what to try
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly preset=dev
readonly user=ann@example.com
readonly client=channel-reader
readonly scope=ZohoCliq.Channels.READ

keep=false
case "${1:-}" in
  "") ;;
  --keep) keep=true ;;
  *) fail "demo.sh takes nothing but --keep" ;;
esac

step() { printf '\n\033[1m%d. %s\033[0m\n' "$((++steps))" "$*"; }
tell() { printf '   %s\n' "$*"; }
# States and challenges are for the user's browser alone.
hide() { sed -E 's/((state|code|code_challenge|form_token)=)[^&[:space:]]+/\1.../g'; }
indent() { sed 's/^/   /'; }
# show COMMAND...: prints a command of the operator's tool, and what it says.
show() {
  printf '   $ %s\n' "$*"
  "$bin/$1" "${@:2}" 2>&1 | hide | indent
}
steps=0

# until_true TEXT COMMAND...: waits for a command to succeed.
until_true() {
  local text="$1" tries=600
  shift
  until "$@"; do
    ((tries-- > 0)) || fail "$text"
    sleep 0.02
  done
}

# field NAME: a string out of the JSON on standard input.
field() {
  python3 -c 'import json, sys
print(json.load(sys.stdin)[sys.argv[1]])' "$1"
}

# browse [OPTION...]: curl as the user's browser. Takes its URL from standard
# input, for a URL may hold what no other user of this machine may see.
browse() {
  sed 's/.*/url = "&"/' | curl -sS --config - --cacert "$provider_ca" \
    --cookie "$dir/cookies" --cookie-jar "$dir/cookies" --max-time 10 "$@"
}

# In order: what ends depends on what was before.
clean_up() {
  local exit_code=$?
  if [[ "$keep" == true && $exit_code -eq 0 ]]; then return; fi
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  if [[ $exit_code -ne 0 && -s "$dir/bursard.log" ]]; then
    printf '\nThe last lines of the log of bursard:\n' >&2
    tail -n 5 "$dir/bursard.log" >&2
  fi
  rm -rf "$dir"
}

scripts/setup.sh build
mkdir -p build
say "building bursard, bursarctl, bursar-sandbox and channel-reader (minutes the first time, nothing later)"
build "$preset" bursard bursarctl bursar-sandbox channel-reader \
  >build/demo.log 2>&1 || {
  tail -n 40 build/demo.log >&2
  fail "the build; all of its output is in build/demo.log"
}

bin="$PWD/build/$preset/bin"
dir="$(mktemp -d)"
pids=()
trap clean_up EXIT
began=$SECONDS

step "An OAuth provider to talk to: bursar-sandbox, over HTTPS with its own CA"
setsid "$bin/bursar-sandbox" --listen 127.0.0.1:0 --tls-dir "$dir/provider" \
  --ready-file "$dir/provider.ready" >"$dir/sandbox.log" 2>&1 &
pids+=($!)
until_true "the sandbox did not start" test -s "$dir/provider.ready"
provider="$(<"$dir/provider.ready")"
provider_ca="$dir/provider/ca.pem"
tell "$provider"

step "The broker: bursard, with keys and a ledger of its own"
show bursarctl keys create "$dir/keyring"
cat >"$dir/policy.yaml" <<YAML
rules:
  - name: whoever-runs-the-demo
    subjects: ["unix:$(id -u)", anonymous]
    rpcs: [callers, operators]
    clients: any
    users: any
    scopes: any
YAML
show bursarctl policy check "$dir/policy.yaml"
cat >"$dir/bursard.yaml" <<YAML
listen:
  - address: unix:bursar.sock
  - {address: "127.0.0.1:0", anonymous: true}
web: {address: "127.0.0.1:0"}
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
policy: {file: policy.yaml}
upstream: {ca_file: provider/ca.pem}
log: {level: debug}
providers:
  - name: cliq
    descriptor: zoho-cliq
    data_centers:
      us: {location: us, accounts_server: "$provider"}
YAML
setsid "$bin/bursard" --config "$dir/bursard.yaml" \
  --ready-file "$dir/bursard.ready" >"$dir/bursard.log" 2>&1 &
pids+=($!)
until_true "bursard did not start" test -s "$dir/bursard.ready"
export BURSAR_ADDRESS="unix:$dir/bursar.sock"
rpc="$(sed -n 's/^rpc \(127.*\)/\1/p' "$dir/bursard.ready")"
web="$(sed -n 's/^web //p' "$dir/bursard.ready")"
tell "RPCs on $BURSAR_ADDRESS and $rpc, browsers at $web"
show bursarctl health

step "An OAuth client: registered at the provider, then told to the broker"
(
  umask 077
  printf '{"name": "Channel reader", "redirect_uris": ["%s/callback"]}' "$web" |
    curl -sS --fail --cacert "$provider_ca" --data @- \
      "$provider/control/clients" >"$dir/registration"
  field client_secret <"$dir/registration" >"$dir/secret"
)
client_id="$(field client_id <"$dir/registration")"
show bursarctl client create "$client" --provider cliq \
  --client-id "$client_id" --scope "$scope" --secret-file "$dir/secret"
rm "$dir/secret" "$dir/registration"
tell "From here on the client secret is sealed in the ledger, and nowhere else."

step "Before anybody consented there is no token"
show bursarctl token get --user "$user" --client "$client" && fail "there is one"

step "Ann consents, through the provider's real pages"
url="$("$bin/bursarctl" --output json grant begin-consent --user "$user" \
  --client "$client" | field authorization_url)"
tell "The broker sends her to  $(hide <<<"$url")"
browse <<<"$url" >"$dir/consent.html"
title="$(sed -n 's/.*<h1>\(.*\)<\/h1>.*/\1/p' "$dir/consent.html")"
tell "The provider asks        $title"
action="$(sed -n 's/.*<form method="post" action="\([^"]*\)".*/\1/p' "$dir/consent.html")"
(
  umask 077
  sed -n 's/.*name="form_token" value="\([^"]*\)".*/form_token=\1/p' \
    "$dir/consent.html" | tr -d '\n' >"$dir/form"
  printf '&user=%s&decision=accept' "$user" >>"$dir/form"
)
tell "She presses Accept       $provider$action"
end="$(browse --data "@$dir/form" --location --output "$dir/end.html" \
  --write-out '%{http_code} %{url_effective}' <<<"$provider$action")"
title="$(sed -n 's/.*<h1>\(.*\)<\/h1>.*/\1/p' "$dir/end.html")"
tell "The broker answers       $title ($(hide <<<"${end#* }"))"
[[ "$end" == "200 "* && "$title" == "You are connected" ]] || fail "no consent: $end"
rm "$dir/form" "$dir/consent.html" "$dir/end.html"
show bursarctl grant list

step "A service reads Ann's channels with a token from the broker"
tell "$ channel-reader --user $user --client $client --scope $scope ..."
mkfifo "$dir/orders"
setsid "$bin/channel-reader" --broker "$BURSAR_ADDRESS" --user "$user" \
  --client "$client" --scope "$scope" --ca "$provider_ca" --repeat \
  <"$dir/orders" >"$dir/service.log" 2>&1 &
service_pid=$!
pids+=("$service_pid")
exec 7>"$dir/orders"
until_true "the service got no channel" grep -q '^HTTP 200, channel' "$dir/service.log"
hide <"$dir/service.log" | indent
tell "It holds no secret and no refresh token; channel_reader.cc is all there is."

step "An API refused a token? Refresh gives a newer one, once for all who ask"
grant="$("$bin/bursarctl" --output json token get --user "$user" \
  --client "$client" | field grant)"
show bursarctl token refresh --user "$user" --client "$client" \
  --grant "$grant" --generation 1
[[ "$("$bin/bursarctl" --output json token get --user "$user" \
  --client "$client" | field generation)" == 2 ]] || fail "there is no second generation"

step "What the ledger knows"
show bursarctl usage
show bursarctl grant tokens "$grant"
show bursarctl event list

step "Ann's consent is taken back"
show bursarctl revoke --user "$user" --client "$client"
confirmed() {
  "$bin/bursarctl" --output json event list --grant "$grant" |
    grep -q revocation.confirmed
}
until_true "the provider did not confirm the revocation" confirmed
tell "It is dead here at once, and the provider has confirmed it:"
show bursarctl grant tokens "$grant"

step "The same call by the same service is refused now"
lines="$(wc -l <"$dir/service.log")"
echo again >&7
exec 7>&-
wait "$service_pid" && fail "the service still reads channels"
tail -n +"$((lines + 1))" "$dir/service.log" >"$dir/refused"
hide <"$dir/refused" | indent
tell "Its token is dead, as it hears at once: it asked for another one."
grep -q CONSENT_REQUIRED "$dir/refused" || fail "the broker did not ask for consent"

printf '\nAll of it did what it should, in %d s.\n' "$((SECONDS - began))"

if [[ "$keep" == true ]]; then
  cat <<TRY

Everything still runs. Try:

  export BURSAR_ADDRESS=$BURSAR_ADDRESS PATH=$bin:\$PATH
  bursarctl --help
  bursarctl grant begin-consent --user bob --client $client    # open the URL
  channel-reader --broker \$BURSAR_ADDRESS --user bob --client $client --ca $provider_ca
  bursarctl event list --follow

  grpcurl -plaintext $rpc list
  grpcurl -plaintext $rpc describe bursar.v1.TokenBroker
  grpcurl -plaintext -d '{"user": "bob", "client": "$client"}' $rpc bursar.v1.TokenBroker/GetToken
  grpcurl -plaintext -unix $dir/bursar.sock grpc.health.v1.Health/Check

The log of bursard is $dir/bursard.log, the provider's console
$provider/developerconsole. A browser must be told to trust
$provider_ca.

To stop it all:

  kill ${pids[0]} ${pids[1]} && rm -r $dir
TRY
fi
