using Esb.Cli.Bundles.Format;
using Esb.Cli.Containers;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Gateway;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Sam.Functions;
using Esb.Sam.Generating;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Modes;

/// <summary>
/// Runs functions in containers of the Docker Engine, or of containerd in the platform's runtime-node.
/// </summary>
internal sealed class ContainerMode : IDeployMode
{
    private readonly DeployRequest _request;
    private readonly PlatformSettings _settings;
    private readonly TimeProvider _time;
    private readonly DockerEngine _engine = new();

    /// <exception cref="CommandFailure">The platform's Compose file is missing.</exception>
    public ContainerMode(DeployRequest request, PlatformSettings settings, TimeProvider time)
    {
        (_request, _settings, _time) = (request, settings, time);
        Target = ContainerTarget.Of(settings, request.Mode, _engine);
    }

    public DeployTarget Target { get; }

    /// <summary>
    /// The registry to which images are pushed and from which workers pull; null when images stay in the engine.
    /// </summary>
    public string? Registry =>
        _request.Mode == PlatformMode.Containerd && !_request.ForBundle ? _settings.Containers.Registry : null;

    /// <summary>Checks the registry before anything is built.</summary>
    /// <exception cref="CommandFailure">Images have to be pushed, and the registry cannot be used.</exception>
    public async Task RequireRegistryAsync(CancellationToken cancellationToken)
    {
        if (Registry is not { } registry)
            return;
        using var http = LocalHttp.Create();
        await new ImageRegistry(http, _engine).RequireAsync(registry, cancellationToken);
    }

    /// <summary>Makes images available to workers, see <see cref="FunctionImages"/>.</summary>
    public async Task<IReadOnlyList<ReadyImage?>> EnsureAsync(
        IReadOnlyList<ImageToBuild> images, BuildProgress progress, CancellationToken cancellationToken)
    {
        var build = new BuildKit(
            _engine,
            new BuildOptions(_settings.Containers.BuildNetwork, _request.BuildAgain, ImageOwner.Of(_settings.State)));
        if (Registry is null)
            return await new FunctionImages(_engine, null, null, build)
                .EnsureAsync(images, progress, cancellationToken);
        using var http = LocalHttp.Create();
        using var gateway = GatewayConnection.OfContainers(_settings, _request.Mode);
        var platform = RunningPlatform.Of(gateway, Path.Combine(Target.Folder, ConfigurationFiles.Functions));
        return await new FunctionImages(_engine, new ImageRegistry(http, _engine), platform.FetchAsync, build)
            .EnsureAsync(images, progress, cancellationToken);
    }

    public async Task<IReadOnlyList<IReadOnlyList<BuiltFunction>>> BuildAsync(
        IReadOnlyList<ReadTemplate> templates,
        BuildProgress progress,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        var architecture =
            _request.IsCheck ? BundleManifest.ThisArchitecture : await _engine.RequireAsync(cancellationToken);
        if (!_request.DryRun)
            await RequireRegistryAsync(cancellationToken);
        var functions = templates.SelectMany(t => t.Model.Functions.Select(f => new Planned(t, f))).ToList();
        await PlanAsync(templates, functions, architecture, progress, diagnostics, cancellationToken);
        if (functions.TrueForAll(f => f.Image is not null))
            await EnsureAsync(functions, progress, cancellationToken);
        foreach (var diagnostic in functions.SelectMany(f => f.Diagnostics))
            diagnostics.Add(diagnostic);
        return [
            .. templates.Select(t => (IReadOnlyList<BuiltFunction>)[
                .. functions.Where(f => f.Template == t).Select(f => f.Built()).OfType<BuiltFunction>(),
            ]),
        ];
    }

    private async Task PlanAsync(
        IReadOnlyList<ReadTemplate> templates,
        List<Planned> functions,
        string architecture,
        BuildProgress progress,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        var mode = _request.DryRun ? StagingMode.Preview : _request.BuildAgain ? StagingMode.Again : StagingMode.Reuse;
        if (!_request.DryRun)
            _settings.State.Create();
        var cache = new HashCache(Path.Combine(_settings.State.Path, "cache"), _time) { IsReadOnly = _request.DryRun };
        // Separate from the folders of process mode, since code that is staged there has its dependencies installed.
        var code = new CodeStaging(
            new StagedFolders(Path.Combine(_settings.State.Code, "images", _request.Environment)), cache, mode);
        var layers = new LayerStaging(new CodeStaging(new StagedFolders(_settings.State.Layers), cache, mode));
        var bases = _request.IsCheck ? null : new LambdaBase(
            _engine, new LambdaBaseImages(_settings.Containers.LambdaBaseRegistry), _request.RefreshBases);
        var naming = new ImageNaming(Registry, _request.Environment);
        var planning = new ImagePlanning(code, bases, naming, progress, _request.DryRun);
        var sources = new SourceImage(_engine, architecture);
        foreach (var template in templates)
        {
            var staged = await layers.StageAsync(TemplateCode.Layers(template), diagnostics, cancellationToken);
            await Task.WhenAll(functions.Where(f => f.Template == template).Select(async f =>
            {
                if (Fits(f, architecture))
                    f.Image = await PlanAsync(f, planning, sources, staged, cancellationToken);
            }));
        }
    }

    private async Task<ImageToBuild?> PlanAsync(
        Planned planned,
        ImagePlanning planning,
        SourceImage sources,
        IReadOnlyDictionary<string, StagedCode> layers,
        CancellationToken cancellationToken)
    {
        var (template, function) = (planned.Template, planned.Function);
        var origin = new Origin(function.LogicalId, function.Place, planned.Diagnostics) { Project = template.Project };
        if (!function.IsImage)
        {
            var own = function.Layers.Select(l => layers.GetValueOrDefault(l)).OfType<StagedCode>();
            return await planning.FromCodeAsync(
                TemplateCode.Function(template, function), [.. own], planned.Diagnostics, cancellationToken);
        }

        if (function.ImageBuild is { } build)
            return await planning.FromDockerfileAsync(
                function.Name,
                new DockerfileSource(template.Resolved(build.Context), build.Dockerfile, build.Target, build.Arguments),
                origin,
                cancellationToken);
        var id = _request.DryRun ? null : await sources.RequireAsync(function.ImageUri!, origin, cancellationToken);
        return id is null && !_request.DryRun
            ? null
            : planning.FromImage(function.Name, function.ImageUri!, id, origin);
    }

    private async Task EnsureAsync(List<Planned> functions, BuildProgress progress, CancellationToken cancellationToken)
    {
        List<ImageToBuild> images = [.. functions.Select(f => f.Image!)];
        if (_request.DryRun)
        {
            for (var i = 0; i < images.Count; i++)
                functions[i].Ready = new ReadyImage(
                    images[i].Function, images[i].Reference, Reused: true, TimeSpan.Zero);
            return;
        }

        var ready = await EnsureAsync(images, progress, cancellationToken);
        for (var i = 0; i < images.Count; i++)
            functions[i].Ready = ready[i];
    }

    private static bool Fits(Planned planned, string architecture)
    {
        var ours = architecture switch { "amd64" => "x86_64", var other => other };
        var wanted = planned.Function.Architectures;
        if (wanted.Count == 0 || wanted.Contains(ours))
            return true;
        new Origin(planned.Function.LogicalId, planned.Function.Place, planned.Diagnostics).Error(
            DiagnosticCodes.NotSupported,
            $"it is for {string.Join(", ", wanted)}, but this machine is {ours}",
            $"add {ours} to its 'Architectures', or leave them out");
        return false;
    }

    /// <summary>
    /// One function on its way from the template to an image. Its diagnostics are kept separate until all functions are
    /// done.
    /// </summary>
    private sealed class Planned(ReadTemplate template, SamFunction function)
    {
        public ReadTemplate Template { get; } = template;

        public SamFunction Function { get; } = function;

        public DiagnosticBag Diagnostics { get; } = [];

        public ImageToBuild? Image { get; set; }

        public ReadyImage? Ready { get; set; }

        public BuiltFunction? Built() => Ready is null ? null : new BuiltFunction(
            Function.Name,
            new FunctionArtifact(null, Ready.Reference, Revision.Of(Function, Ready.Reference, []), []),
            Ready.Reused,
            Ready.Took);
    }
}
