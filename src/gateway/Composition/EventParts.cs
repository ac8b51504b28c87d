using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Configuration;
using Esb.Gateway.Invoking;
using Esb.Gateway.Schedules;
using Esb.Gateway.Settings;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Composition;

/// <summary>Asynchronous events: their queues, the journal, and the schedules.</summary>
internal sealed class EventParts : IDisposable
{
    public EventParts(
        GatewaySettings settings,
        LiveConfiguration configuration,
        Dispatcher dispatcher,
        ILoggerFactory logging,
        TimeProvider time)
    {
        var store = AsynchronousStore.Open(
            settings.AsynchronousFolder,
            settings.AsynchronousBytes,
            settings.Region,
            settings.HandOverSocket is not null,
            EventTimes.CurrentBoot(),
            logging.CreateLogger<AsynchronousStore>());
        Queues = new AsynchronousInvocations(
            configuration, dispatcher, store, logging.CreateLogger<AsynchronousInvocations>(), time);
        Scheduler = new Scheduler(Queues, settings.Region, logging.CreateLogger<Scheduler>(), time);
    }

    /// <summary>Accepts events and runs them.</summary>
    public AsynchronousInvocations Queues { get; }

    /// <summary>Creates the events of schedules.</summary>
    public Scheduler Scheduler { get; }

    public void Dispose() => Queues.Dispose();
}
