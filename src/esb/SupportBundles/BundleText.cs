using System.Globalization;
using System.Text;
using Esb.Cli.Diagnosis;

namespace Esb.Cli.SupportBundles;

/// <summary>
/// The texts about a support bundle, inside it and on the screen. They contain names of secrets, but never their
/// values.
/// </summary>
internal static class BundleText
{
    /// <summary>The README in the bundle.</summary>
    public static string Readme(
        DiagnosedPlatform platform,
        DateTimeOffset now,
        BundleContents contents,
        KnownSecrets secrets)
    {
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"Support bundle of ESB {platform.Version}, {platform.Settings.Mode} mode, environment "
                + $"{platform.Settings.EnvironmentName}, {now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\n\nIn it:\n"));
        foreach (var entry in contents.Entries)
            text.Append(CultureInfo.InvariantCulture, $"  {entry.Name}\n");
        if (contents.Missing.Count > 0)
            text.Append("\nNot in it:\n").AppendJoin('\n', contents.Missing.Select(missing => $"  {missing}"))
                .Append('\n');
        text.Append("\nReplaced by *** where they are configured, and those marked + in every other text too, "
            + "also as JSON, URL or base64:\n");
        foreach (var secret in secrets.Values)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {(Redaction.IsSearched(secret, secrets.Visible) ? '+' : ' ')} {secret.Where}\n");
        text.Append("\nNot marked: values shorter than 6 characters (4 where the name says that it is a secret), "
            + "and words that are names in the configuration.\n");
        text.Append("Removed wherever they occur: users in URLs, what follows Bearer or Basic, JSON Web Tokens, "
            + "AWS access key ids, private keys.\n");
        text.Append("What functions write is theirs: a secret that is in no configuration may be in "
            + "logs/functions and in status.json. Look before you send it.\n");
        return text.ToString();
    }

    /// <summary>The lines for the terminal.</summary>
    public static IEnumerable<string> Lines(
        string path, long bytes, BundleContents contents, KnownSecrets secrets, int removals)
    {
        foreach (var group in contents.Entries.GroupBy(
            entry => entry.Name.Contains('/', StringComparison.Ordinal) ? entry.Name.Split('/')[0] : ""))
        {
            var (label, prefix) = group.Key.Length == 0 ? ("reports", 0) : (group.Key, group.Key.Length + 1);
            yield return $"{label,-10}  {string.Join(", ", group.Select(entry => entry.Name[prefix..]))}";
        }

        foreach (var missing in contents.Missing)
            yield return $"{"not in it",-10}  {missing}";
        yield return $"{"removed",-10}  {secrets.Values.Count} configured values, found {removals} times in texts; "
            + "README.txt names them";
        yield return string.Create(CultureInfo.InvariantCulture, $"{path} ({bytes / 1024.0:0} kB, "
            + $"only you may read it). Look before you send it: what functions log is theirs.");
    }
}
