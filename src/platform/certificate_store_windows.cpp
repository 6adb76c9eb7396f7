// SPDX-License-Identifier: MIT
#include "platform/certificate_store.hpp"

#include <windows.h>
// windows.h first: wincrypt.h needs its types.
#include <wincrypt.h>

#include <memory>
#include <string>
#include <type_traits>

namespace wslplugins::platform {
namespace {

struct CloseStore {
    void operator()(HCERTSTORE store) const noexcept { ::CertCloseStore(store, 0); }
};
using Store = std::unique_ptr<std::remove_pointer_t<HCERTSTORE>, CloseStore>;

struct FreeCertificate {
    void operator()(const CERT_CONTEXT* certificate) const noexcept {
        ::CertFreeCertificateContext(certificate);
    }
};
using Certificate = std::unique_ptr<const CERT_CONTEXT, FreeCertificate>;

std::unexpected<Error> last_failure(const char* what) {
    return failure(
        HResult::from_bits(static_cast<std::uint32_t>(HRESULT_FROM_WIN32(GetLastError()))),
        std::string("Could not ") + what);
}

/// The registry's own store, not the collection that CERT_STORE_PROV_SYSTEM opens: deleting from that one
/// has no effect under Wine.
WinResult<Store> open_root_store() {
    Store store(::CertOpenStore(
        CERT_STORE_PROV_SYSTEM_REGISTRY_W, 0, 0, CERT_SYSTEM_STORE_LOCAL_MACHINE, L"Root"));
    if (!store) {
        return last_failure("open the machine's store of trusted root certificates");
    }
    return store;
}

WinResult<Certificate> decode(std::span<const std::byte> der) {
    Certificate certificate(
        ::CertCreateCertificateContext(X509_ASN_ENCODING,
                                       reinterpret_cast<const BYTE*>(der.data()),
                                       static_cast<DWORD>(der.size())));
    if (!certificate) {
        return last_failure("read the certificate");
    }
    return certificate;
}

/// Null where the store does not have it.
Certificate find(HCERTSTORE store, const CERT_CONTEXT* certificate) {
    return Certificate(::CertFindCertificateInStore(
        store, X509_ASN_ENCODING, 0, CERT_FIND_EXISTING, certificate, nullptr));
}

}  // namespace

WinResult<> trust_root_certificate(std::span<const std::byte> der) {
    const WinResult<Certificate> certificate = decode(der);
    if (!certificate) {
        return propagate(certificate.error());
    }
    const WinResult<Store> store = open_root_store();
    if (!store) {
        return propagate(store.error());
    }
    if (!::CertAddCertificateContextToStore(
            store->get(), certificate->get(), CERT_STORE_ADD_USE_EXISTING, nullptr)) {
        return last_failure("add to the machine's store of trusted root certificates");
    }
    return {};
}

WinResult<bool> has_root_certificate(std::span<const std::byte> der) {
    const WinResult<Certificate> certificate = decode(der);
    if (!certificate) {
        return propagate(certificate.error());
    }
    const WinResult<Store> store = open_root_store();
    if (!store) {
        return propagate(store.error());
    }
    return find(store->get(), certificate->get()) != nullptr;
}

WinResult<> untrust_root_certificate(std::span<const std::byte> der) {
    const WinResult<Certificate> certificate = decode(der);
    if (!certificate) {
        return propagate(certificate.error());
    }
    const WinResult<Store> store = open_root_store();
    if (!store) {
        return propagate(store.error());
    }
    Certificate stored = find(store->get(), certificate->get());
    if (!stored) {
        return failure(HResult::not_found,
                       "The machine's store of trusted root certificates does not have it");
    }
    // The call frees the context, whether it succeeds or not.
    if (!::CertDeleteCertificateFromStore(stored.release())) {
        return last_failure("delete from the machine's store of trusted root certificates");
    }
    return {};
}

}  // namespace wslplugins::platform
