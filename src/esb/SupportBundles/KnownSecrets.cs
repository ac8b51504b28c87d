using System.Collections;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Diagnosis;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.SupportBundles;

/// <summary>The known secrets of this platform, and the configuration without them.</summary>
/// <param name="Values">The secrets, with their names.</param>
/// <param name="Visible">Words that stay readable.</param>
/// <param name="Files">The three files without secrets, by name; one that cannot be read is missing.</param>
/// <param name="Unread">The files that exist but cannot be read.</param>
internal sealed record KnownSecrets(
    IReadOnlyList<SecretValue> Values,
    IReadOnlySet<string> Visible,
    IReadOnlyDictionary<string, DocumentRedaction> Files,
    IReadOnlyList<string> Unread)
{
    private const int ShortestInEnvironment = 8;

    // Addresses, ports, folders and images in a .env file are not secret and occur in many texts.
    private static readonly string[] Plain =
    [
        SettingNames.Environment, SettingNames.Project, SettingNames.Mode, SettingNames.ComposeFile,
        SettingNames.ComposeProject, SettingNames.Registry, SettingNames.LambdaBaseRegistry, SettingNames.BuildNetwork,
        SettingNames.GatewayAddress,
        SettingNames.StateDir, SettingNames.BinDir, SettingNames.ConfigDir, SettingNames.ReloadInterval,
        SettingNames.DatabaseEndpoint, SettingNames.ObjectStoreEndpoint, SettingNames.Region,
        SettingNames.DefaultRegion,
    ];

    private static readonly string[] PlainEndings =
        ["_PORT", "_DIR", "_FILE", "_IMAGE", "_MEMORY", "_INTERVAL", "_TIMEOUT", "_SIZE", "_FILES", "_LISTEN"];

    public static KnownSecrets Of(DiagnosedPlatform platform)
    {
        var folder = platform.State?.ConfigDir ?? platform.Settings.ConfigFolder;
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

        List<SecretValue> current = [.. files.Values.SelectMany(file => file.Removed)];
        var earlier = OfRevisions(folder, unread).ExceptBy(current.Select(Content), Content);
        return new KnownSecrets(
            [.. current, .. earlier, .. OfSettings(platform.Settings), .. OfEnvironment()],
            files.Values.SelectMany(file => file.Visible).ToHashSet(StringComparer.Ordinal),
            files,
            unread);
    }

    /// <summary>Whether the value of a setting is harmless.</summary>
    internal static bool IsPlain(string name) =>
        !SecretNames.IsSecret(name)
            && (Plain.Contains(name) || PlainEndings.Any(end => name.EndsWith(end, StringComparison.Ordinal)));

    private static (string Value, bool IsSecretByName) Content(SecretValue secret) =>
        (secret.Value, secret.IsSecretByName);

    // Logs go back further than the configuration of now, and a rollback makes an earlier secret valid again.
    private static List<SecretValue> OfRevisions(string folder, List<string> unread)
    {
        List<SecretValue> values = [];
        foreach (var revision in new RevisionStore(folder).All())
        {
            foreach (var name in ConfigurationFiles.Names)
            {
                var place = Path.Combine(RevisionStore.FolderName, $"{revision.Number}", name);
                if (ConfigurationDocument.Read(Path.Combine(revision.Folder, name), [], out _) is { } document)
                    values.AddRange(DocumentRedaction.Of(place, document).Removed);
                else
                    unread.Add(place);
            }
        }

        return values;
    }

    private static IEnumerable<SecretValue> OfSettings(PlatformSettings settings)
    {
        foreach (var (name, value) in settings.EnvFile.Where(value => value.Value.Length > 0 && !IsPlain(value.Key)))
            yield return new SecretValue($".env {name}", value, SecretNames.IsSecret(name));
        if (settings.SecretAccessKey is { } secret)
            yield return new SecretValue(SettingNames.SecretAccessKey, secret, IsSecretByName: true);
        if (Credentials.Kept(settings.State) is { } kept)
            yield return new SecretValue(
                $"credentials {SettingNames.SecretAccessKey}", kept.SecretAccessKey, IsSecretByName: true);
    }

    // The shell may hold secrets of other programs, and a part may have logged its environment.
    private static IEnumerable<SecretValue> OfEnvironment() =>
        from DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        let value = (string?)variable.Value ?? ""
        where SecretNames.IsSecret(name) && value.Length >= ShortestInEnvironment
        select new SecretValue($"environment {name}", value, true);
}
