using System.Globalization;
using Esb.Cli.Settings;
using Esb.Cli.Staging;

namespace Esb.Cli.Containers;

/// <summary>An image in the engine.</summary>
/// <param name="Reference">Its name.</param>
/// <param name="Bytes">The size with all layers.</param>
/// <param name="Layers">The layers, lowest first.</param>
internal sealed record EngineImage(string Reference, long Bytes, IReadOnlyList<string> Layers);

/// <summary>The images of functions in the engine.</summary>
internal sealed class EngineImages(DockerEngine engine, StateFolder state)
{
    private const string None = "<none>";

    /// <summary>The images that deploys of this state folder built or loaded.</summary>
    /// <param name="environment">The environment; null for all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IReadOnlyList<EngineImage>> OwnAsync(string? environment, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(
            [
                "--filter", $"label={BuildKit.FunctionLabel}", "--filter",
                $"label={ImageOwner.Label}={ImageOwner.Of(state)}",
            ], cancellationToken);
        if (KnownConfigurations.Images(state) is { Count: > 0 } loaded)
            listed =
            [
                .. listed.Union((await ListAsync(["--filter", $"label={BuildKit.FunctionLabel}"], cancellationToken))
                    .Where(loaded.Contains)),
            ];
        return await InspectAsync(
            [.. listed.Where(r => environment is null || IsOf(r, environment))], cancellationToken);
    }

    /// <summary>All images of the engine, to compute shared sizes.</summary>
    public async Task<IReadOnlyList<EngineImage>> AllAsync(CancellationToken cancellationToken) =>
        await InspectAsync(await ListAsync([], cancellationToken), cancellationToken);

    /// <returns>Why it was not removed, or null. The engine keeps an image that a container uses.</returns>
    public async Task<string?> RemoveAsync(EngineImage image, CancellationToken cancellationToken)
    {
        var removed = await engine.RunAsync(["image", "rm", image.Reference], cancellationToken);
        return removed.Succeeded ? null : removed.Reason;
    }

    /// <summary>
    /// The number of bytes that removing the image would free. The layers of a staying image that it is based on do not
    /// count.
    /// </summary>
    public static long UniqueBytes(EngineImage image, IEnumerable<EngineImage> staying)
    {
        bool IsBase(EngineImage other) => other.Layers.Count <= image.Layers.Count
            && other.Layers.SequenceEqual(image.Layers.Take(other.Layers.Count));
        return image.Bytes - staying.Where(IsBase).Select(s => s.Bytes).DefaultIfEmpty().Max();
    }

    private static bool IsOf(string reference, string environment) =>
        reference[(reference.LastIndexOf(':') + 1)..] is var tag
            && tag.LastIndexOf('-') is > 0 and var dash
            && tag[..dash] == environment;

    private async Task<IReadOnlyList<string>> ListAsync(
        IReadOnlyList<string> filters, CancellationToken cancellationToken)
    {
        var listed = await engine.RunAsync(
            ["image", "ls", .. filters, "--format", "{{.Repository}}:{{.Tag}}"], cancellationToken);
        return listed.Succeeded
            ? [.. listed.Output.Where(r => !r.Contains(None, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)]
            : throw CommandFailure.Environment(
                $"the Docker Engine does not list its images: {listed.Reason}",
                "start it (sudo systemctl start docker), or set DOCKER_HOST");
    }

    private async Task<IReadOnlyList<EngineImage>> InspectAsync(
        IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        if (references.Count == 0)
            return [];
        // The exit code is ignored: docker fails if an image was removed after it was listed, but still prints the
        // others.
        List<EngineImage> images = [];
        foreach (var some in references.Chunk(100))
        {
            var inspected = await engine.RunAsync(
                [
                    "image", "inspect", "--format",
                    "{{.Size}} {{join .RootFS.Layers \" \"}} | {{join .RepoTags \" \"}}", .. some,
                ], cancellationToken);
            images.AddRange(inspected.Output.SelectMany(Read).Where(i => some.Contains(i.Reference)));
        }

        return [.. images.DistinctBy(i => i.Reference)];
    }

    private static IEnumerable<EngineImage> Read(string line)
    {
        var parts = line.Split('|');
        var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(r => new EngineImage(r, long.Parse(words[0], CultureInfo.InvariantCulture), words[1..]));
    }
}
