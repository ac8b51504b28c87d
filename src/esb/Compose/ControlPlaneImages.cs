using CliWrap;
using Esb.Cli.Containers;

namespace Esb.Cli.Compose;

/// <summary>
/// The images of the platform itself, from the <c>build:</c> keys of its Compose file. The images of programs that read
/// the configuration contain the generated files in <c>/app/config</c>.
/// </summary>
internal sealed class ControlPlaneImages(DockerEngine engine, ComposeProject project, bool noCache)
{
    /// <summary>The label of images that contain a configuration.</summary>
    public const string Label = "esb.configuration";

    /// <summary>The folder in the image, and the value of the label.</summary>
    public const string Baked = "/app/config";

    private const string Context = "config";

    private static readonly string[] Readers = ["gateway", "provisioner"];

    /// <param name="configuration">The folder of the three files.</param>
    /// <param name="onStep">Receives each step, for the progress line.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The service and name of each image.</returns>
    /// <exception cref="CommandFailure">
    /// An image could not be built; the failure has the output of the failed step.
    /// </exception>
    public async Task<IReadOnlyList<(string Service, string Image)>> BuildAsync(
        string configuration, Action<string> onStep, CancellationToken cancellationToken)
    {
        List<ComposeImage> images =
            [.. (await ComposeImages.ListAsync(engine, project, cancellationToken)).Where(i => i.IsOwn)];
        List<string> build = ["build", "--progress", "plain", .. images.Select(i => i.Service)];
        if (noCache)
            build.Insert(1, "--no-cache");
        void Line(string line)
        {
            if (BuildOutput.Step(line) is { } step)
                onStep(step);
        }

        var call = new DockerCall(["compose", .. project.Options, .. build])
        {
            Environment = project.Environment,
            OnError = Line,
        };
        Check("the images of the platform", await engine.RunAsync(call, cancellationToken));
        foreach (var (service, image, _) in images.Where(i => Readers.Contains(i.Service)))
        {
            onStep($"{service}: configuration to {Baked}");
            var context = new BuildContext([(Context, configuration)], [], []);
            var input = PipeSource.Create((stream, token) => context.WriteAsync(
                $"FROM {image}\nLABEL {Label}={Baked}\nCOPY {Context}/*.yml {Baked}/\n", stream, token));
            string[] command = ["buildx", "build", "--load", "--progress", "plain", "--tag", image, "-"];
            Check(image, await engine.RunAsync(new DockerCall(command) { Input = input }, cancellationToken));
        }

        return [.. images.Select(i => (i.Service, i.Image))];
    }

    private static void Check(string what, DockerResult result)
    {
        if (result.Succeeded)
            return;
        var failure = CommandFailure.Environment(
            $"{what} could not be built: {BuildOutput.Reason(result.Errors)}", "what failed:");
        throw failure.WithDetails(BuildOutput.Failure([.. result.Output, .. result.Errors]));
    }
}
