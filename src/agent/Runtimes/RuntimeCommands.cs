using System.Globalization;
using Esb.Agent.Backends;
using Esb.AgentProtocol;
using Esb.Interpreters;

namespace Esb.Agent.Runtimes;

/// <summary>Finds the program that runs a specification, or reports what is missing.</summary>
internal sealed class RuntimeCommands(InterpreterSearch interpreters, BootstrapFiles bootstraps, BotocoreData botocore)
{
    // See esb_runtime.py.
    private const string MachinePackagesArgument = "--machine-packages";

    /// <summary>See <see cref="Settings.AgentSettings.MachinePackages"/>.</summary>
    public bool MachinePackages { get; init; }

    /// <summary>
    /// A folder <c>node_modules</c> that is searched after everything that a function brings; may be null or absent.
    /// </summary>
    public string? NodeSdk { get; init; }

    private const int HeapPercent = 90;
    private const int OldestOfSdk = 20;

    /// <exception cref="CannotStartException">The specification cannot be run on this machine.</exception>
    public async Task<RuntimeCommand> ResolveAsync(StartWorkerRequest request)
    {
        var runtime = RuntimeName.Parse(request.Runtime);
        if (request.Code.Length == 0)
            throw new CannotStartException(
                $"{request.Function} has a container image and no code, and process mode runs code; "
                    + "deploy it from a folder, or use docker mode");
        foreach (var folder in request.Layers.Prepend(request.Code))
        {
            if (!Path.IsPathFullyQualified(folder) || !Directory.Exists(folder))
                throw new CannotStartException(Absence(folder, request.Function));
        }

        // Later layers have precedence over earlier ones.
        var layers = request.Layers.Reverse().ToArray();
        if (runtime.Wanted is not { } wanted)
            return Provided(request, layers);
        var interpreter = await interpreters.FindAsync(runtime, wanted);
        HandlerFile.Check(wanted.Language, request, layers);
        var instead = wanted.IsMetBy(interpreter) ? "" : $" instead of {runtime.Version}";
        var description = $"{interpreter.Path} ({interpreter.Version}{instead})";
        var command = runtime.Family == RuntimeFamily.Python
            ? Python(request, runtime, interpreter, layers)
            : Node(request, interpreter, layers);
        return ExecWrapper.Wrap(command with { Description = description }, request, layers);
    }

    private static string Absence(string folder, string function)
    {
        try
        {
            File.GetAttributes(folder);
        }
        catch (UnauthorizedAccessException)
        {
            return $"the agent's user ({Environment.UserName}) has no permission to read the staged folder '{folder}'; "
                + "allow it, or run the agent as the user who deploys";
        }
        catch (IOException)
        {
            // The folder really does not exist.
        }

        return $"the staged folder '{folder}' does not exist; deploy {function} again";
    }

    private RuntimeCommand Python(
        StartWorkerRequest request,
        RuntimeName runtime,
        Interpreter interpreter,
        string[] layers)
    {
        string[] releases = [.. new[] { interpreter.Release(Language.Python), runtime.Version }.Distinct()];
        var packages = layers.SelectMany(layer => releases
            .Select(release => Path.Combine(layer, "python", "lib", $"python{release}", "site-packages"))
            .Prepend(Path.Combine(layer, "python")));
        // The search path is passed as arguments, because PYTHONPATH would also affect what the bootstrap itself
        // imports.
        string[] arguments =
        [
            Path.Combine(bootstraps.Python, "bootstrap.py"),
            .. MachinePackages ? [MachinePackagesArgument] : Array.Empty<string>(), request.Code,
            .. packages.Where(Directory.Exists),
        ];
        var variables = Shared(layers);
        if (botocore.FolderFor(request.Environment) is { } data)
            variables["AWS_DATA_PATH"] = data;
        return new RuntimeCommand(interpreter.Path, arguments, variables, bootstraps.Python, "");
    }

    private RuntimeCommand Node(StartWorkerRequest request, Interpreter interpreter, string[] layers)
    {
        var variables = Shared(layers);
        var major = interpreter.Release(Language.Node);
        // The order of NODE_PATH in AWS, "Packaging your layer content".
        var modules = layers.SelectMany(layer => new[]
        {
            Path.Combine(layer, "nodejs", "node_modules"),
            Path.Combine(layer, "nodejs", $"node{major}", "node_modules"),
        });
        // On AWS this is /var/runtime/node_modules, which is also last in NODE_PATH.
        string[] sdk =
            Directory.Exists(NodeSdk) && int.Parse(major, CultureInfo.InvariantCulture) >= OldestOfSdk ? [NodeSdk] : [];
        if (string.Join(':', modules.Where(Directory.Exists).Concat(sdk)) is { Length: > 0 } path)
            variables["NODE_PATH"] = path;
        // With this limit V8 collects garbage before the memory limit is reached, and prints an error when that does
        // not help.
        var heap = string.Create(
            CultureInfo.InvariantCulture, $"--max-old-space-size={request.MemorySize * HeapPercent / 100}");
        return new RuntimeCommand(
            interpreter.Path,
            [heap, Path.Combine(bootstraps.Node, "bootstrap.cjs"), .. sdk],
            variables,
            bootstraps.Node,
            "");
    }

    // AWS, "Building a custom runtime": the function's own bootstrap, otherwise that of a layer.
    private RuntimeCommand Provided(StartWorkerRequest request, string[] layers)
    {
        var program = EntryFile.Program(request.Code, layers)
            ?? throw new CannotStartException(
                $"the runtime {request.Runtime} needs an executable file named bootstrap; {request.Code} has none");
        if (!EntryFile.IsExecutable(program))
            throw new CannotStartException(
                $"{program} is not executable; chmod +x it and deploy {request.Function} again");
        return new RuntimeCommand(program, [], Shared(layers), bootstraps.Folder, program);
    }

    // AWS's PATH and LD_LIBRARY_PATH have /opt/bin and /opt/lib, where layers are unpacked.
    private static Dictionary<string, string> Shared(string[] layers)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variable, folder) in new[] { ("PATH", "bin"), ("LD_LIBRARY_PATH", "lib") })
        {
            var own = Environment.GetEnvironmentVariable(variable);
            var folders = layers.Select(layer => Path.Combine(layer, folder)).Where(Directory.Exists).ToArray();
            if (folders.Length > 0)
                variables[variable] = string.Join(':', string.IsNullOrEmpty(own) ? folders : [own, .. folders]);
        }

        return variables;
    }
}
