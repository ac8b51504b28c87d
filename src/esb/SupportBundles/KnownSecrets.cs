using System.Collections;
using Esb.Cli.Diagnosis;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.SupportBundles;

/// <summary>All that is known to be secret on this platform, and the configuration without it.</summary>
/// <param name="Values">What was found, by name.</param>
/// <param name="Visible">Words that stay.</param>
/// <param name="Files">The three files without secrets, by name; one that cannot be read is missing.</param>
/// <param name="Unread">Those that are there and cannot be read.</param>
internal sealed record KnownSecrets(
    IReadOnlyList<SecretValue> Values,
    IReadOnlySet<string> Visible,
    IReadOnlyDictionary<string, DocumentRedaction> Files,
    IReadOnlyList<string> Unread)
{
    private const int ShortestInEnvironment = 8;

    // What a .env file says about addresses, ports, folders and images is no secret and stands everywhere.
    private static readonly string[] Plain =
    [
        SettingNames.Environment, SettingNames.Project, SettingNames.Mode, SettingNames.ComposeFile, SettingNames.ComposeProject, SettingNames.Registry, SettingNames.LambdaBaseRegistry, SettingNames.BuildNetwork, SettingNames.GatewayAddress,
        SettingNames.StateDir, SettingNames.BinDir, SettingNames.ConfigDir, SettingNames.ReloadInterval, SettingNames.DatabaseEndpoint, SettingNames.ObjectStoreEndpoint, SettingNames.Region, SettingNames.DefaultRegion,
    ];

    private static readonly string[] PlainEndings = ["_PORT", "_DIR", "_FILE", "_IMAGE", "_MEMORY", "_INTERVAL", "_TIMEOUT", "_SIZE", "_FILES", "_LISTEN"];

    public static KnownSecrets Of(DiagnosedPlatform patient)
    {
        var folder = patient.State?.ConfigDir ?? patient.Settings.ConfigFolder;
        var files = new Dictionary<string, DocumentRedaction>(StringComparer.Ordinal);
        List<string> unread = [];
        foreach (var name in ConfigurationFiles.Names)
        {
            var path = Path.Combine(folder, name);
            if (ConfigurationDocument.Read(path, [], out _) is not { } document)
                unread.Add(name);
            else if (File.Exists(path))
                files[name] = DocumentRedaction.Of(name, document);
        }

        IEnumerable<SecretValue> values = [.. files.Values.SelectMany(file => file.Removed), .. OfSettings(patient.Settings), .. OfEnvironment()];
        return new KnownSecrets([.. values], files.Values.SelectMany(file => file.Visible).ToHashSet(StringComparer.Ordinal), files, unread);
    }

    /// <summary>Whether a setting's value tells nobody anything.</summary>
    internal static bool IsPlain(string name) =>
        !SecretNames.IsSecret(name) && (Plain.Contains(name) || PlainEndings.Any(end => name.EndsWith(end, StringComparison.Ordinal)));

    private static IEnumerable<SecretValue> OfSettings(PlatformSettings settings)
    {
        foreach (var (name, value) in settings.EnvFile.Where(value => value.Value.Length > 0 && !IsPlain(value.Key)))
            yield return new SecretValue($".env {name}", value, SecretNames.IsSecret(name));
        if (settings.SecretAccessKey is { } secret)
            yield return new SecretValue(SettingNames.SecretAccessKey, secret, IsSecretByName: true);
        if (Credentials.Kept(settings.State) is { } kept)
            yield return new SecretValue($"credentials {SettingNames.SecretAccessKey}", kept.SecretAccessKey, IsSecretByName: true);
    }

    // Whoever runs this may have secrets of others in the shell, and a part may have logged its environment.
    private static IEnumerable<SecretValue> OfEnvironment() =>
        from DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        let value = (string?)variable.Value ?? ""
        where SecretNames.IsSecret(name) && value.Length >= ShortestInEnvironment
        select new SecretValue($"environment {name}", value, true);
}
