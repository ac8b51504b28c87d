namespace Esb.Cli.Containers;

/// <summary>The images of the engine.</summary>
internal static class LocalImages
{
    /// <summary>The names (repository and tag) and ids of all images, with one command.</summary>
    /// <exception cref="CommandFailure">There is no engine, or it does not answer.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ListAsync(
        DockerEngine engine, CancellationToken cancellationToken)
    {
        var listed = await engine.RunAsync(
            ["image", "ls", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"], cancellationToken);
        if (!listed.Succeeded)
            throw DockerEngine.Unreachable(listed);
        var images = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in listed.Output)
        {
            if (line.Split(' ') is [var name, var id])
                images[name] = id;
        }

        return images;
    }
}
