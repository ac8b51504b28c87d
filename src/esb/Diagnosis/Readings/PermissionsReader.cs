using Esb.Cli.Diagnosis.Checks;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Modes of what is there, and whether this user may write it.</summary>
internal static class PermissionsReader
{
    public static IReadOnlyList<PermissionReading> Read(Patient patient)
    {
        var settings = patient.Settings;
        var folder = patient.State?.ConfigDir ?? settings.ConfigFolder;
        var inContainers = settings.IsInContainers;
        IEnumerable<PermissionReading?> all =
        [
            Of("state folder", settings.State.Path, isSecret: true, mustBeWritable: true),
            Of("credentials", settings.State.CredentialsFile, isSecret: true),
            Of(".env", settings.Containers.EnvFilePath, isSecret: settings.EnvFile.Any(value => value.Value.Length > 0 && SecretNames.IsSecret(value.Key))),
            Of("TLS key", settings.EnvFile.GetValueOrDefault("TLS_KEY_FILE"), isSecret: true),
            Of("configuration", folder, mustBeWritable: true, forContainers: inContainers),
            .. ConfigurationFiles.Names.Select(name => Of(name, Path.Combine(folder, name), forContainers: inContainers)),
        ];
        return [.. all.OfType<PermissionReading>()];
    }

    private static PermissionReading? Of(string what, string? path, bool isSecret = false, bool mustBeWritable = false, bool forContainers = false)
    {
        try
        {
            return path is not null && Presence.IsAny(path)
                ? new PermissionReading(what, path, File.GetUnixFileMode(path), isSecret, mustBeWritable, Access.IsWritable(path), forContainers)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PermissionReading(what, path!, default, isSecret, MustBeWritable: true, IsWritable: false, forContainers);
        }
    }
}
