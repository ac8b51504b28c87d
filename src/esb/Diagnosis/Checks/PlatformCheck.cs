using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>One part that <c>esb up</c> started.</summary>
internal sealed record PartReading(ComponentKind Kind, bool IsRunning, string LogFile)
{
    /// <summary>Whether it answers; false when its process runs or is being restarted, but does not answer.</summary>
    public bool Answers { get; init; } = true;
}

/// <summary>The content of the state folder.</summary>
/// <param name="Folder">The folder, as it is displayed.</param>
/// <param name="Format">The format version; null when it cannot be read.</param>
/// <param name="Known">The format version that this esb reads.</param>
/// <param name="Up">The time since the platform was started; null when it is not up.</param>
/// <param name="Parts">The parts that were started.</param>
internal sealed record PlatformReading(
    string Folder, int? Format, int Known, TimeSpan? Up, IReadOnlyList<PartReading> Parts);

/// <summary>Checks that the started parts still run, and that this esb can read the state folder.</summary>
internal static class PlatformCheck
{
    private const string Name = "platform";

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(
        DiagnosedPlatform platform, TimeProvider time, CancellationToken cancellationToken) =>
        Of(await Reader.ReadAsync(platform, time, cancellationToken));

    public static IEnumerable<Finding> Of(PlatformReading platform)
    {
        if (platform.Format is not { } format)
        {
            yield return Finding.Fail(
                Name,
                $"{platform.Folder}/format is damaged",
                $"write {platform.Known} into it, the version of the state folder");
            yield break;
        }

        if (format > platform.Known)
        {
            yield return Finding.Fail(
                Name,
                $"{platform.Folder} has format version {format}; this esb reads {platform.Known}",
                $"use ESB {format}.0 or newer, or another folder (ESB_STATE_DIR)");
            yield break;
        }

        foreach (var part in platform.Parts.Where(part => !part.IsRunning))
            yield return Finding.Fail(
                Name,
                $"the {ComponentNames.InSentence(part.Kind)} has ended",
                $"esb up starts it again; {part.LogFile} may say why");
        foreach (var part in platform.Parts.Where(part => part.IsRunning && !part.Answers))
            yield return Finding.Fail(
                Name,
                $"the {ComponentNames.InSentence(part.Kind)} does not answer",
                $"wait a moment; if it still does not answer, esb down and esb up, and {part.LogFile} may say why");
        var running = platform.Parts.Where(part => part.IsRunning)
            .Select(part => ComponentNames.Of(part.Kind)).ToList();
        if (platform.Up is { } up && running.Count > 0)
            yield return Finding.Ok(
                Name, $"up {DurationText.Age(up)}: {string.Join(", ", running)}; data in {platform.Folder}");
        else if (platform.Parts.Count == 0)
            yield return Finding.Ok(Name, $"not running (esb up starts it); data in {platform.Folder}");
    }

    /// <summary>Reads the state folder, and checks the processes in it.</summary>
    private static class Reader
    {
        public static async Task<PlatformReading> ReadAsync(
            DiagnosedPlatform platform, TimeProvider time, CancellationToken cancellationToken)
        {
            var folder = platform.Settings.State;
            using var http = LocalHttp.Create();
            var down = await PartsDown.FindAsync(platform.Settings, http, cancellationToken);
            var parts = (platform.State?.Components ?? []).Select(part => new PartReading(
                part.Kind, part.Process.IsRunning(), part.LogFile)
            {
                Answers = !down.Any(other => other.Name == ComponentNames.InSentence(part.Kind)),
            });
            return new PlatformReading(
                folder.Display,
                Format(folder),
                StateFormat.Current,
                time.GetUtcNow() - platform.State?.StartedAt,
                [.. parts]);
        }

        private static int? Format(StateFolder folder)
        {
            try
            {
                return StateFormat.Of(folder);
            }
            catch (Exception e) when (e is FormatException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
