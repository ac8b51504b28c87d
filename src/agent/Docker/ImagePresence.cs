using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.Agent.Images;

namespace Esb.Agent.Docker;

/// <summary>Makes sure that the engine has an image that this machine can run.</summary>
internal sealed class ImagePresence(DockerEngine engine)
{
    /// <exception cref="CannotStartException">The image cannot be obtained, or is for another architecture.</exception>
    public async Task EnsureAsync(string image)
    {
        var found = await engine.FindImageAsync(image) ?? await FetchAsync(image);
        ImageArchitecture.Check(image, found.Architecture ?? "");
    }

    private async Task<InspectedImage> FetchAsync(string image)
    {
        if (!ImageReference.Parse(image).NamesRegistry)
            throw new CannotStartException(ImageReference.Missing(image));
        try
        {
            await engine.PullAsync(WithTag(image));
            return await engine.FindImageAsync(image)
                ?? throw new CannotStartException($"the engine pulled {image}, but does not have it");
        }
        catch (EngineException e)
        {
            throw new CannotStartException($"the engine does not have the image {image} and cannot pull it: "
                + $"{e.Message}; build it with esb deploy, or check its name and registry");
        }
    }

    /// <summary>Without a tag the engine would pull all tags.</summary>
    public static string WithTag(string image) =>
        image.AsSpan(image.LastIndexOf('/') + 1).ContainsAny(':', '@') ? image : image + ":latest";
}
