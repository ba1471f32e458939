#include "server/sealing/pkcs11_wrapper.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <sodium.h>

#include <cstring>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/sealing/key_file.h"

namespace bursar {
namespace {

constexpr std::size_t kTokenIvBytes = 12;
constexpr std::size_t kTokenTagBits = 128;
constexpr std::size_t kTokenTagBytes = kTokenTagBits / 8;

absl::Status TokenFailure(absl::string_view what, CK_RV code) {
  return absl::UnavailableError(absl::StrCat(
      "PKCS#11: ", what, " (CKR 0x", absl::Hex(code, absl::kZeroPad8), ")"));
}

absl::StatusOr<CK_FUNCTION_LIST*> LoadModule(const std::string& path) {
  // Never unloaded: modules leave threads and exit handlers behind.
  void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (module == nullptr) {
    return absl::NotFoundError(absl::StrCat("PKCS#11: the module ", path,
                                            " cannot be loaded: ", dlerror()));
  }
  const auto get_functions = reinterpret_cast<CK_C_GetFunctionList>(
      dlsym(module, "C_GetFunctionList"));
  CK_FUNCTION_LIST* functions = nullptr;
  if (get_functions == nullptr || get_functions(&functions) != CKR_OK) {
    return absl::InvalidArgumentError(
        absl::StrCat("PKCS#11: ", path, " is no PKCS#11 module"));
  }
  return functions;
}

// A label is padded with blanks.
std::string LabelOf(const CK_TOKEN_INFO& info) {
  const absl::string_view padded(reinterpret_cast<const char*>(info.label),
                                 sizeof(info.label));
  return std::string(absl::StripTrailingAsciiWhitespace(padded));
}

absl::StatusOr<CK_SLOT_ID> FindToken(CK_FUNCTION_LIST& functions,
                                     const std::string& label) {
  CK_ULONG count = 0;
  CK_RV code = functions.C_GetSlotList(CK_TRUE, nullptr, &count);
  if (code != CKR_OK) return TokenFailure("its slots cannot be listed", code);
  std::vector<CK_SLOT_ID> slots(count);
  code = functions.C_GetSlotList(CK_TRUE, slots.data(), &count);
  if (code != CKR_OK) return TokenFailure("its slots cannot be listed", code);
  for (CK_ULONG i = 0; i < count; ++i) {
    CK_TOKEN_INFO info{};
    if (functions.C_GetTokenInfo(slots[i], &info) == CKR_OK &&
        LabelOf(info) == label) {
      return slots[i];
    }
  }
  return absl::NotFoundError(absl::StrCat(
      "PKCS#11: there is no token labelled ", label, "; name one that is"));
}

absl::StatusOr<Secret> ReadPin(const std::string& path) {
  absl::StatusOr<Secret> content = ReadSecretFile(path, "PIN file");
  if (!content.ok()) return content;
  return Secret::Copy(absl::StripAsciiWhitespace(content->Expose()));
}

CK_BYTE* Writable(absl::string_view bytes) {
  // The interface has no const; what goes in is not written to.
  return reinterpret_cast<CK_BYTE*>(const_cast<char*>(bytes.data()));
}

}  // namespace

// A login to a token, and the key in it.
struct Pkcs11Wrapper::Session {
  explicit Session(CK_FUNCTION_LIST& list) : functions(list) {}
  ~Session() {
    if (open) functions.C_CloseSession(handle);
    if (initialized) functions.C_Finalize(nullptr);
  }

  absl::Status Begin();
  absl::Status LogIn(const Pkcs11Settings& settings);
  absl::Status FindKey(const std::string& label);

  CK_FUNCTION_LIST& functions;
  CK_SESSION_HANDLE handle = 0;
  CK_OBJECT_HANDLE key = 0;
  bool initialized = false;
  bool open = false;
};

absl::Status Pkcs11Wrapper::Session::Begin() {
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV code = functions.C_Initialize(&arguments);
  if (code != CKR_OK && code != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
    return TokenFailure("the module does not start", code);
  }
  initialized = code == CKR_OK;
  return absl::OkStatus();
}

absl::Status Pkcs11Wrapper::Session::LogIn(const Pkcs11Settings& settings) {
  const auto slot = FindToken(functions, settings.token_label);
  if (!slot.ok()) return slot.status();
  CK_RV code = functions.C_OpenSession(*slot, CKF_SERIAL_SESSION, nullptr,
                                       nullptr, &handle);
  if (code != CKR_OK) return TokenFailure("the token does not open", code);
  open = true;
  const absl::StatusOr<Secret> pin = ReadPin(settings.pin_file);
  if (!pin.ok()) return pin.status();
  code =
      functions.C_Login(handle, CKU_USER, Writable(pin->Expose()), pin->size());
  if (code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN) {
    return absl::OkStatus();
  }
  if (code == CKR_PIN_INCORRECT || code == CKR_PIN_LEN_RANGE) {
    return absl::PermissionDeniedError(
        absl::StrCat("PKCS#11: the token takes another PIN than the one in ",
                     settings.pin_file));
  }
  return TokenFailure("the token refuses the login", code);
}

absl::Status Pkcs11Wrapper::Session::FindKey(const std::string& label) {
  CK_OBJECT_CLASS wanted_class = CKO_SECRET_KEY;
  CK_ATTRIBUTE wanted[] = {
      {CKA_CLASS, &wanted_class, sizeof(wanted_class)},
      {CKA_LABEL, Writable(label), label.size()},
  };
  CK_RV code = functions.C_FindObjectsInit(handle, wanted, 2);
  if (code != CKR_OK)
    return TokenFailure("its keys cannot be looked for", code);
  CK_OBJECT_HANDLE found[2];
  CK_ULONG count = 0;
  code = functions.C_FindObjects(handle, found, 2, &count);
  functions.C_FindObjectsFinal(handle);
  if (code != CKR_OK)
    return TokenFailure("its keys cannot be looked for", code);
  if (count == 0) {
    return absl::NotFoundError(
        absl::StrCat("PKCS#11: the token holds no secret key labelled ", label,
                     "; make one there, or name another"));
  }
  if (count > 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "PKCS#11: the token holds several secret keys labelled ", label));
  }
  key = found[0];
  return absl::OkStatus();
}

namespace {

// The parameters of one encryption; borrows both.
struct Gcm {
  Gcm(std::string& iv, absl::string_view associated) {
    parameters.pIv = reinterpret_cast<CK_BYTE*>(iv.data());
    parameters.ulIvLen = iv.size();
    parameters.ulIvBits = iv.size() * 8;
    parameters.pAAD = Writable(associated);
    parameters.ulAADLen = associated.size();
    parameters.ulTagBits = kTokenTagBits;
    mechanism = {CKM_AES_GCM, &parameters, sizeof(parameters)};
  }
  Gcm(const Gcm&) = delete;

  CK_GCM_PARAMS parameters{};
  CK_MECHANISM mechanism{};
};

}  // namespace

absl::StatusOr<std::unique_ptr<Pkcs11Wrapper>> Pkcs11Wrapper::Open(
    const Pkcs11Settings& settings) {
  const auto functions = LoadModule(settings.module);
  if (!functions.ok()) return functions.status();
  auto session = std::make_unique<Session>(**functions);
  absl::Status status = session->Begin();
  if (!status.ok()) return status;
  status = session->LogIn(settings);
  if (!status.ok()) return status;
  status = session->FindKey(settings.key_label);
  if (!status.ok()) return status;
  return absl::WrapUnique(new Pkcs11Wrapper(std::move(session)));
}

Pkcs11Wrapper::Pkcs11Wrapper(std::unique_ptr<Session> session)
    : session_(std::move(session)) {}

Pkcs11Wrapper::~Pkcs11Wrapper() = default;

absl::StatusOr<std::string> Pkcs11Wrapper::Wrap(const Secret& key,
                                                absl::string_view key_id) {
  CK_FUNCTION_LIST& functions = session_->functions;
  std::string iv(kTokenIvBytes, '\0');
  randombytes_buf(iv.data(), iv.size());
  Gcm gcm(iv, key_id);
  CK_RV code =
      functions.C_EncryptInit(session_->handle, &gcm.mechanism, session_->key);
  if (code != CKR_OK) return TokenFailure("its key does not encrypt", code);
  std::string wrapped(key.size() + kTokenTagBytes, '\0');
  CK_ULONG size = wrapped.size();
  code =
      functions.C_Encrypt(session_->handle, Writable(key.Expose()), key.size(),
                          reinterpret_cast<CK_BYTE*>(wrapped.data()), &size);
  if (code != CKR_OK) return TokenFailure("its key does not encrypt", code);
  wrapped.resize(size);
  return iv + wrapped;
}

absl::StatusOr<Secret> Pkcs11Wrapper::Unwrap(absl::string_view wrapped,
                                             absl::string_view key_id) {
  if (wrapped.size() < kTokenIvBytes + kTokenTagBytes) {
    return absl::DataLossError("the wrapped key is not whole");
  }
  CK_FUNCTION_LIST& functions = session_->functions;
  std::string iv(wrapped.substr(0, kTokenIvBytes));
  const absl::string_view sealed = wrapped.substr(kTokenIvBytes);
  Gcm gcm(iv, key_id);
  CK_RV code =
      functions.C_DecryptInit(session_->handle, &gcm.mechanism, session_->key);
  if (code != CKR_OK) return TokenFailure("its key does not decrypt", code);
  std::string key(sealed.size(), '\0');
  CK_ULONG size = key.size();
  code = functions.C_Decrypt(session_->handle, Writable(sealed), sealed.size(),
                             reinterpret_cast<CK_BYTE*>(key.data()), &size);
  if (code != CKR_OK) {
    Wipe(key);
    return absl::DataLossError(
        "the token's key does not unwrap it: it is another key's, or was "
        "changed");
  }
  key.resize(size);
  return Secret::Take(std::move(key));
}

}  // namespace bursar
