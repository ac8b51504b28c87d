using Esb.Cli.Building;
using Esb.Cli.Diagnosis.Checks;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Asks the engine for each image that functions name.</summary>
internal static class ImagesReader
{
    private const int AtOnce = 8;

    public static async Task<ImagesReading> ReadAsync(Patient patient, CancellationToken cancellationToken)
    {
        var engine = new DockerEngine();
        var images = ConfigurationReader.Images(patient);
        var missing = new List<(string Image, IReadOnlyList<string> Functions)>();
        foreach (var some in images.OrderBy(image => image.Key, StringComparer.Ordinal).Chunk(AtOnce))
        {
            var found = await Task.WhenAll(some.Select(image => engine.RunAsync(["image", "inspect", "--format", "{{.Id}}", image.Key], cancellationToken)));
            missing.AddRange(some.Zip(found).Where(pair => !pair.Second.Succeeded).Select(pair => (pair.First.Key, (IReadOnlyList<string>)[.. pair.First.Order(StringComparer.Ordinal)])));
        }

        return new ImagesReading(images.Count - missing.Count, missing);
    }
}
