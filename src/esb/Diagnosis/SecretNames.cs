namespace Esb.Cli.Diagnosis;

/// <summary>Names of settings, variables and headers whose value is most likely a secret.</summary>
internal static class SecretNames
{
    private static readonly string[] Words =
    [
        "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "CREDENTIAL", "PRIVATE", "API_KEY", "APIKEY",
        "ACCESS_KEY", "AUTHORIZATION", "HEADERS", "SIGNATURE", "COOKIE", "_KEY", "_PWD", "_DSN",
    ];

    // The path of a key file or the id of a key is not a secret.
    private static readonly string[] Harmless = ["_FILE", "_PATH", "ACCESS_KEY_ID"];

    public static bool IsSecret(string name) =>
        Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            && !Harmless.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
