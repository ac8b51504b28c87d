using System.Text;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>
/// <c>.environment</c> in a configuration folder: the environment that is served from it, written by the first deploy
/// that named one. It is not part of a revision, so a rollback does not change it.
/// </summary>
internal static class EnvironmentMark
{
    public const string FileName = ConfigurationFiles.Environment;

    /// <summary>The environment in the notes of deploys that name none and whose platform has no mark.</summary>
    public const string Unnamed = "dev";

    private const UnixFileMode ReadableForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <returns>Null when no environment was ever named.</returns>
    /// <exception cref="CommandFailure">The mark cannot be read, so it may name any environment.</exception>
    public static string? Of(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            if (OrdinaryFile.ReadText(file).Trim() is { Length: > 0 } name)
                return name;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Without a mark, the notes of an earlier version may name an environment; they are read below.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && Path.Exists(file))
        {
            throw CommandFailure.Environment(
                $"the environment of {folder} is unknown: {e.Message}; nothing was changed",
                $"make {FileName} a file that you may read, with the name of the environment in it");
        }

        return new RevisionStore(folder).All().Select(r => r.Note)
            .LastOrDefault(n => n is { Kind: RevisionKind.Deploy, Environment: not (null or Unnamed) })?.Environment;
    }

    /// <summary>Checks the mark again under the lock: the folder may have been marked in the meantime.</summary>
    /// <exception cref="CommandFailure">The folder belongs to another environment.</exception>
    public static void Require(string folder, string environment)
    {
        if (Of(folder) is { } other && other != environment)
            throw CommandFailure.Environment(
                $"{folder} is the configuration of environment '{other}', not of '{environment}'; nothing was changed",
                $"leave out --env, or start one: esb up --env {environment}");
    }

    /// <summary>
    /// Prepares the mark, which is committed with the deploy; null when it exists already.
    /// </summary>
    /// <exception cref="IOException">The mark could not be written; nothing is left behind.</exception>
    public static FileReplacement? Prepare(string folder, string environment)
    {
        var file = Path.Combine(folder, FileName);
        var content = Encoding.UTF8.GetBytes(environment + "\n");
        return File.Exists(file) && OrdinaryFile.ReadAll(file).AsSpan().SequenceEqual(content)
            ? null
            : FileReplacement.Prepare(file, content, ReadableForAll);
    }
}
