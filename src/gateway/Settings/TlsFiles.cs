using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Settings;

/// <summary>
/// The files of the public port's certificate, in PEM format. The chain follows the certificate in the same file.
/// </summary>
internal sealed record TlsFiles(string Certificate, string Key)
{
    public const string CertificateVariable = "TLS_CERT_FILE";
    public const string KeyVariable = "TLS_KEY_FILE";

    /// <returns>The files; null for plain HTTP.</returns>
    public static TlsFiles? Read(IConfiguration configuration)
    {
        var certificate = configuration[CertificateVariable] ?? "";
        var key = configuration[KeyVariable] ?? "";
        if (certificate.Length == 0 && key.Length == 0)
            return null;
        if (certificate.Length == 0)
            throw new SettingException(CertificateVariable, certificate, $"a PEM file, as {KeyVariable} is set");
        return key.Length == 0
            ? throw new SettingException(KeyVariable, key, $"a PEM file, as {CertificateVariable} is set")
            : new TlsFiles(certificate, key);
    }
}
