namespace Esb.Cli.Diagnosis.Checks;

/// <summary>The images of functions in the engine.</summary>
/// <param name="Present">How many are there.</param>
/// <param name="Missing">Those that are not, with the functions that need them.</param>
internal sealed record ImagesReading(int Present, IReadOnlyList<(string Image, IReadOnlyList<string> Functions)> Missing);

/// <summary>Each function of docker mode has its image: what is missing is found before a request needs it.</summary>
internal static class ImagesCheck
{
    private const string Name = "images";

    public static IEnumerable<Finding> Of(ImagesReading images)
    {
        foreach (var (image, functions) in images.Missing)
            yield return Finding.Fail(Name, $"the engine does not have {image}, which is the image of {string.Join(", ", functions)}", "esb deploy builds it again; an image of a registry that its name begins with is pulled by the first request");
        if (images.Present > 0)
            yield return Finding.Ok(Name, $"{images.Present} {(images.Present == 1 ? "image" : "images")} of functions in the engine");
    }
}
