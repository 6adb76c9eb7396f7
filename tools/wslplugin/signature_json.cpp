// SPDX-License-Identifier: MIT
#include "signature_json.hpp"

#include <nlohmann/json.hpp>

namespace wslplugins::tool {
namespace {

using Json = nlohmann::ordered_json;

Json time_stamp(const EmbeddedSignature& signature) {
    if (signature.time_stamp.empty()) {
        return nullptr;
    }
    return {{"time", signature.time_stamp}, {"kind", signature.time_stamp_kind}};
}

}  // namespace

Json json_of(const std::optional<EmbeddedSignature>& signature) {
    if (!signature) {
        return nullptr;
    }
    Json chain = Json::array();
    for (const SigningCertificate& certificate : signature->chain) {
        chain.push_back({{"subject", certificate.subject},
                         {"issuer", certificate.issuer},
                         {"serial", certificate.serial},
                         {"not_before", certificate.not_before},
                         {"not_after", certificate.not_after}});
    }
    return {{"digest_algorithm", signature->digest_algorithm},
            {"digest", signature->digest},
            {"chain", chain},
            {"time_stamp", time_stamp(*signature)}};
}

}  // namespace wslplugins::tool
