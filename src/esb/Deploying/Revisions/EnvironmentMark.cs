using System.Text;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>
/// <c>.environment</c> in a configuration folder: the environment that is served from it, by the first deploy that said one. It is not part of a revision: going back does not
/// change whose platform this is.
/// </summary>
internal static class EnvironmentMark
{
    public const string FileName = ConfigurationFiles.Environment;

    /// <summary>What a deploy writes down that was told no environment and whose platform is not marked.</summary>
    public const string Unsaid = "dev";

    private const UnixFileMode ReadableForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <returns>Null: nobody has said one.</returns>
    public static string? Of(string folder)
    {
        try
        {
            if (OrdinaryFile.ReadText(Path.Combine(folder, FileName)).Trim() is { Length: > 0 } name)
                return name;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // An earlier version deployed to it, or nobody.
        }

        return new RevisionStore(folder).All().LastOrDefault(r => r.Note is { Kind: RevisionKind.Deploy, Environment: not (null or Unsaid) })?.Note.Environment;
    }

    /// <summary>For who holds the lock: the folder may have been marked since it was looked at.</summary>
    /// <exception cref="CommandFailure">It is another environment's.</exception>
    public static void Require(string folder, string environment)
    {
        if (Of(folder) is { } other && other != environment)
            throw CommandFailure.Environment($"{folder} is the configuration of environment '{other}', not of '{environment}'; nothing was changed", $"leave out --env, or start one: esb up --env {environment}");
    }

    /// <summary>Prepares the mark, to be put in its place once the deploy is certain; null when it is there already.</summary>
    /// <exception cref="IOException">It could not be done; nothing is left.</exception>
    public static FileReplacement? Prepare(string folder, string environment)
    {
        var file = Path.Combine(folder, FileName);
        var content = Encoding.UTF8.GetBytes(environment + "\n");
        return File.Exists(file) && OrdinaryFile.ReadAll(file).AsSpan().SequenceEqual(content) ? null : FileReplacement.Prepare(file, content, ReadableForAll);
    }
}
