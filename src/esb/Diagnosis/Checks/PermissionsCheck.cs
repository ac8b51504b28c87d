using System.Globalization;
using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>The permissions of an existing file or folder.</summary>
/// <param name="What">The purpose of the file or folder.</param>
/// <param name="Path">The absolute path.</param>
/// <param name="Mode">Its mode.</param>
/// <param name="IsSecret">Whether only its owner may read it.</param>
/// <param name="MustBeWritable">Whether this user must be able to write it.</param>
/// <param name="IsWritable">Whether this user can write it, by access(2).</param>
/// <param name="ForContainers">Whether user 65532 of the gateway's container must be able to read it.</param>
internal sealed record PermissionReading(
    string What,
    string Path,
    UnixFileMode Mode,
    bool IsSecret,
    bool MustBeWritable,
    bool IsWritable,
    bool ForContainers);

/// <summary>Checks that only owners read secrets and write code, and that this user can write what it must.</summary>
internal static class PermissionsCheck
{
    private const string Name = "permissions";
    private const UnixFileMode OthersRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OthersAny = OthersRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static IEnumerable<Finding> Run(DiagnosedPlatform platform) =>
        Of(Reader.Read(platform));

    public static IEnumerable<Finding> Of(IReadOnlyList<PermissionReading> permissions)
    {
        var findings = permissions.Select(Of).OfType<Finding>().ToList();
        return findings.Count > 0 ? findings : [Finding.Ok(Name, permissions.Count == 0
            ? "nothing exists yet"
            : string.Join(", ", permissions.Select(p => $"{p.What} {Octal(p.Mode)}")))];
    }

    private static Finding? Of(PermissionReading item)
    {
        var text = $"{item.What} {item.Path} has mode {Octal(item.Mode)}";
        var isFolder = item.Mode.HasFlag(UnixFileMode.UserExecute);
        if (item.IsSecret && (item.Mode & OthersAny) != 0)
            return Finding.Fail(
                Name, $"{text}: others may read secrets in it", $"chmod {(isFolder ? "700" : "600")} {item.Path}");
        if (item.MustBeWritable && !item.IsWritable)
            return Finding.Fail(
                Name,
                $"{text}: this user may not write it",
                "correct its owner and mode, or run esb as the user that owns it");
        if (!item.IsSecret && item.Mode.HasFlag(UnixFileMode.OtherWrite))
            return Finding.Fail(Name, $"{text}: anybody may change what runs", $"chmod o-w {item.Path}");
        return item.ForContainers && !item.Mode.HasFlag(
            isFolder ? UnixFileMode.OtherExecute | UnixFileMode.OtherRead : UnixFileMode.OtherRead)
            ? Finding.Warn(
                Name,
                $"{text}: user 65532 of the gateway's container may not be able to read it",
                $"chmod o+r{(isFolder ? "x" : "")} {item.Path}, or give it to group 65532")
            : null;
    }

    private static string Octal(UnixFileMode mode) =>
        Convert.ToString((int)mode & 0b111_111_111, 8).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the modes of existing files, and whether this user may write them.</summary>
    private static class Reader
    {
        public static IReadOnlyList<PermissionReading> Read(DiagnosedPlatform platform)
        {
            var settings = platform.Settings;
            var folder = platform.State?.ConfigDir ?? settings.ConfigFolder;
            var inContainers = settings.IsInContainers;
            IEnumerable<PermissionReading?> all =
            [
                Of("state folder", settings.State.Path, isSecret: true, mustBeWritable: true),
                Of("credentials", settings.State.CredentialsFile, isSecret: true),
                Of(
                    ".env",
                    settings.Containers.EnvFilePath,
                    isSecret: settings.EnvFile.Any(value => value.Value.Length > 0 && SecretNames.IsSecret(value.Key))),
                Of("TLS key", settings.EnvFile.GetValueOrDefault(SettingNames.TlsKey), isSecret: true),
                Of("configuration", folder, mustBeWritable: true, forContainers: inContainers),
                .. ConfigurationFiles.Names.Select(
                    name => Of(name, Path.Combine(folder, name), forContainers: inContainers)),
            ];
            return [.. all.OfType<PermissionReading>()];
        }

        private static PermissionReading? Of(
            string what, string? path, bool isSecret = false, bool mustBeWritable = false, bool forContainers = false)
        {
            try
            {
                return path is not null && ExistenceCheck.IsAny(path)
                    ? new PermissionReading(
                        what,
                        path,
                        File.GetUnixFileMode(path),
                        isSecret,
                        mustBeWritable,
                        Access.IsWritable(path),
                        forContainers)
                    : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new PermissionReading(
                    what, path!, default, isSecret, MustBeWritable: true, IsWritable: false, forContainers);
            }
        }
    }
}
