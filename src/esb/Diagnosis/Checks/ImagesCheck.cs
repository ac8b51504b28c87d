using Esb.Cli.Containers;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>The images of functions in the engine.</summary>
/// <param name="Present">The number of images in the engine.</param>
/// <param name="Missing">The missing images, with the functions that need them.</param>
internal sealed record ImagesReading(
    int Present, IReadOnlyList<(string Image, IReadOnlyList<string> Functions)> Missing);

/// <summary>Checks in docker mode that the engine has the image of each function, before a request needs it.</summary>
internal static class ImagesCheck
{
    private const string Name = "images";

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(
        DiagnosedPlatform platform, CancellationToken cancellationToken) =>
        Of(await Reader.ReadAsync(platform, cancellationToken));

    public static IEnumerable<Finding> Of(ImagesReading images)
    {
        foreach (var (image, functions) in images.Missing)
            yield return Finding.Fail(
                Name,
                $"the engine does not have {image}, which is the image of {string.Join(", ", functions)}",
                "esb deploy builds it again; an image of a registry that its name begins with is pulled by the first "
                    + "request");
        if (images.Present > 0)
            yield return Finding.Ok(
                Name, $"{images.Present} {(images.Present == 1 ? "image" : "images")} of functions in the engine");
    }

    /// <summary>Asks the engine for the image of each function.</summary>
    private static class Reader
    {
        private const int MaxParallel = 8;

        public static async Task<ImagesReading> ReadAsync(
            DiagnosedPlatform platform, CancellationToken cancellationToken)
        {
            var engine = new DockerEngine();
            var images = ConfigurationCheck.Reader.Images(platform);
            var missing = new List<(string Image, IReadOnlyList<string> Functions)>();
            foreach (var some in images.OrderBy(image => image.Key, StringComparer.Ordinal).Chunk(MaxParallel))
            {
                var found = await Task.WhenAll(some.Select(image => engine.RunAsync(
                    ["image", "inspect", "--format", "{{.Id}}", image.Key], cancellationToken)));
                missing.AddRange(some.Zip(found)
                    .Where(pair => !pair.Second.Succeeded)
                    .Select(pair =>
                        (pair.First.Key, (IReadOnlyList<string>)[.. pair.First.Order(StringComparer.Ordinal)])));
            }

            return new ImagesReading(images.Count - missing.Count, missing);
        }
    }
}
