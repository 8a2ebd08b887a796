package uk.reeve.scanner.malice.sign;

import java.util.List;

/// All signs. Adding one is one line here.
public final class Signs {

    /// What a rule of the person's own says.
    public static final Sign YARA = new YaraRule();

    public static final List<Sign> ALL = List.of(
            // at installation
            new InstallHook(),
            new HookInlineCode(),
            new RunsDownload(),
            new OffersDownload(),
            new DropsProgram(),
            new InstallTalks(),
            new InstallSpawns(),
            new BuildRunsCode(),
            new StartupFile(),
            new EditorTask(),
            new SpawnsAtImport(),
            // hidden
            new EvaluatesDownload(),
            new EvaluatesDecoded(),
            new EvaluatesHidden(),
            new EncodedCode(),
            new EncodedPayload(),
            new HiddenAddress(),
            new ObfuscatedJavaScript(),
            new ObfuscatedPython(),
            new ObfuscatedEntry(),
            new PushedOutOfSight(),
            new BidirectionalText(),
            new InvisibleText(),
            new MixedLetters(),
            new ReadsPicture(),
            new PickledCode(),
            // collecting and sending
            new ReadsCredentials(),
            new ReadsManySecrets(),
            new TakesEnvironment(),
            new ReadsSecretVariables(),
            new ReadsBrowserData(),
            new ReadsWallets(),
            new SendsKey(),
            new SearchesSecrets(),
            new CloudMetadata(),
            new ProfilesHost(),
            new ExfiltrationAddress(),
            new RawAddress(),
            new SendsOut(),
            new DnsTunnel(),
            new WatchesPerson(),
            // acting
            new ReverseShell(),
            new HiddenProcess(),
            new SelfPropagation(),
            new WorkflowInjection(),
            new WorkflowSendsSecrets(),
            new HijackedWorkflow(),
            new Persistence(),
            new OpensDoor(),
            new Destroys(),
            new Sabotages(),
            new TimeBomb(),
            new Miner(),
            new ClipboardHijack(),
            new WalletDrainer(),
            new ProcessInjection(),
            new ReadsMemory(),
            new RunsRequests(),
            new SelfErasing(),
            new EvadesAnalysis(),
            new AgentAbuse(),
            // the package as such
            new LookAlikeName(),
            new CombinedName(),
            new FarVersion(),
            new RemoteDependency(),
            new NativeBinary(),
            new DisguisedBinary(),
            new TamperedArchive(),
            new TrailingData(),
            new WheelRecord(),
            new ManifestDisagrees(),
            new DiffersFromSource(),
            new TinyPackage(),
            YARA);

    private Signs() {}
}
