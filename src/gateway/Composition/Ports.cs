using Esb.Gateway.Admin;
using Esb.Gateway.Authorizers;
using Esb.Gateway.Bodies;
using Esb.Gateway.Configuration;
using Esb.Gateway.Forwarding;
using Esb.Gateway.HandOver;
using Esb.Gateway.Invoking;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.Listening;
using Esb.Gateway.Requests;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Composition;

/// <summary>The three ports and their handlers, for the requests of clients, workers and operators.</summary>
internal sealed class Ports : IAsyncDisposable
{
    private readonly GatewaySettings _settings;
    private readonly Served _served;
    private readonly ILoggerFactory _logging;
    private readonly TimeProvider _time;

    public Ports(ListeningPlace place, Served served, Readiness readiness, ILoggerFactory logging, TimeProvider time)
    {
        (_settings, _served, _logging, _time) = (place.Settings, served, logging, time);
        var origins = new OriginCheck(_settings.AllowedHosts);
        var admin = Admin(readiness);
        var lambda = Lambda();
        var answers = served.Bounds.Answers;
        var load = new PublicHandler.Load(served.Logs.Figures, _settings.MaxConnections, readiness);
        Public = new Listener(
            _settings.Public,
            served.Logs.Around(new PublicHandler(admin, lambda, Routes(), load).HandleAsync),
            logging,
            new ListenerRules(
                options => PublicPort.Limit(options, _settings.MaxConnections), Certificate: Certificate())
            {
                Socket = place[HandOverMessages.Public],
                Answers = answers,
                Readiness = readiness,
                AnswersHalfClosedFor = HalfClosed.MaxWait,
            });
        RuntimeApi = new Listener(
            _settings.RuntimeApi,
            RequestFraming.Around(origins.Around(
                new WorkerHandler(new RuntimeApiHandler(served.Workers.Directory), lambda).HandleAsync)),
            logging,
            new ListenerRules(
                WorkerPort.Limit,
                new WorkerConnectionFilter(served.Workers.Directory, served.Workers.Connections).ServeAsync)
            {
                Socket = place[HandOverMessages.RuntimeApi],
                Answers = answers,
                AnswersHalfClosedFor = WorkerPort.LastAnswer,
                UnreadBytes = WorkerPort.UnreadBytes,
            });
        served.Workers.Connections.AcceptQueuedAsync = RuntimeApi.ServeQueuedAsync;
        AdminPort = new Listener(
            _settings.Admin,
            RequestFraming.Around(origins.AroundNear(admin.HandleAsync)),
            logging,
            new ListenerRules
            {
                Socket = place[HandOverMessages.Admin],
                Answers = answers,
                Readiness = readiness,
                AnswersHalfClosedFor = HalfClosed.MaxWait,
            });
    }

    /// <summary>The port for clients.</summary>
    public Listener Public { get; }

    /// <summary>The port for workers.</summary>
    public Listener RuntimeApi { get; }

    /// <summary>The port for operators and <c>esb</c>.</summary>
    public Listener AdminPort { get; }

    public async ValueTask DisposeAsync()
    {
        await Public.DisposeAsync();
        await RuntimeApi.DisposeAsync();
        await AdminPort.DisposeAsync();
    }

    private AdminHandler Admin(Readiness readiness)
    {
        var (logs, workers, events) = (_served.Logs, _served.Workers, _served.Events);
        var figures = new PlatformFigures(events.Queues, logs.Figures, workers.Memory, _served.Bounds.Answers);
        var platform = new AdminHandler.Platform(
            figures, workers.Images, _settings.ConfigurationFolders[0], readiness);
        return new AdminHandler(_served.Configuration, _served.Reloader, logs.Store, platform, _time);
    }

    private LambdaApiHandler Lambda()
    {
        var tail = new LogTail(_served.Logs.Store, _time);
        return new LambdaApiHandler(
            _served.Configuration,
            new LambdaAccess(_settings, _served.Workers.Directory, _time),
            new InvokeHandler(_served.Dispatcher, _served.Events.Queues, tail, _time),
            new StreamHandler(_served.Dispatcher, tail, _time),
            _settings.Region)
        {
            Bodies = _served.Bounds.Bodies,
        };
    }

    private RouteHandler Routes()
    {
        var bodies = _served.Bounds.Bodies;
        var authorizers = new AuthorizerFactory(
            _served.Dispatcher, _settings.Region, _logging.CreateLogger<AuthorizerFactory>(), _time);
        var gatekeeper = new Gatekeeper(_served.Configuration, authorizers);
        return new RouteHandler(_served.Configuration, gatekeeper, _served.Dispatcher, bodies, _time)
        {
            Forwarding = new HttpForwarding(_logging.CreateLogger<HttpForwarding>(), RouteHandler.MaxBodyBytes)
            {
                Bodies = bodies,
            },
        };
    }

    private TlsCertificate? Certificate() => _settings.Tls is { } tls
        ? new TlsCertificate(tls, _logging.CreateLogger<TlsCertificate>(), _time)
        : null;

    /// <summary>The parts that the ports' handlers use.</summary>
    /// <param name="Configuration">The current configuration.</param>
    /// <param name="Reloader">Reads the files again.</param>
    /// <param name="Dispatcher">Passes invocations to pools.</param>
    /// <param name="Logs">Logs and traces.</param>
    /// <param name="Workers">Workers and the agent.</param>
    /// <param name="Events">Asynchronous events and schedules.</param>
    /// <param name="Bounds">The limits for the memory that clients may make the gateway hold.</param>
    internal sealed record Served(
        LiveConfiguration Configuration,
        Reloader Reloader,
        Dispatcher Dispatcher,
        LogParts Logs,
        WorkerParts Workers,
        EventParts Events,
        ClientMemoryLimits Bounds);
}
