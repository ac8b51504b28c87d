using Esb.Cli.Compose;
using Esb.Cli.Containers;

namespace Esb.Cli.Bundles.Images;

/// <summary>All images of a platform: those of ESB and those of its stores.</summary>
internal static class PlatformImages
{
    /// <returns>Their names with tags.</returns>
    /// <exception cref="CommandFailure">One of them is missing.</exception>
    public static async Task<IReadOnlyList<string>> RequireAsync(
        DockerEngine engine, ComposeProject project, CancellationToken cancellationToken)
    {
        var images = await ComposeImages.ListAsync(engine, project, cancellationToken);
        var there = await LocalImages.ListAsync(engine, cancellationToken);
        foreach (var image in images)
        {
            if (image.Image.Contains('@', StringComparison.Ordinal))
                throw CommandFailure.Environment(
                    $"the image of {image.Service} is named by its digest, {image.Image}, "
                        + "which an engine without a network cannot find again",
                    "name it by a tag, or leave the platform out with --without-platform");
            if (!there.ContainsKey(Tagged(image.Image)))
                throw CommandFailure.Environment(
                    $"the image of {image.Service}, {image.Image}, is not here; nothing was bundled",
                    $"docker compose {(image.IsOwn ? "build" : "pull")} {image.Service}, "
                        + "or leave the platform out with --without-platform");
        }

        return [.. images.Select(i => Tagged(i.Image)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// A name as the engine lists it. Source: the grammar of references in distribution/reference, "familiar names".
    /// </summary>
    public static string Tagged(string name)
    {
        foreach (var prefix in (string[])["docker.io/library/", "docker.io/"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                name = name[prefix.Length..];
        }

        return name[(name.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal) ? name : name + ":latest";
    }
}
